import Crypto
import Membership
import StrictJSON
import TransparencyLog

/// A log is not what it was said to be: two checkpoints that contradict each other, or a signature that
/// does not hold (protocol/log.md, "Alarms").
public struct LogAlarm: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: String, Sendable, CaseIterable {
        /// Two checkpoints cannot both be of one log that only grows.
        case forked = "log-forked"
        /// A log is smaller than it was.
        case shrunk = "log-shrunk"
        /// A checkpoint or a cosignature bears a signature that does not verify, or none.
        case unsigned = "checkpoint-unsigned"
    }

    /// One side of it.
    public struct Side: Hashable, Sendable {
        /// The size.
        public let size: TreeSize
        /// The root; nil where only a size was said.
        public let root: MerkleHash?
        /// The signed note that says so; nil where nothing signed does, and in an alarm that was read
        /// back.
        public let note: [UInt8]?

        /// A side that a signed checkpoint shows.
        public init(_ checkpoint: SignedCheckpoint) {
            size = checkpoint.checkpoint.head.size
            root = checkpoint.checkpoint.head.root
            note = checkpoint.note.bytes
        }

        /// A side of its parts.
        public init(size: TreeSize, root: MerkleHash?, note: [UInt8]? = nil) {
            self.size = size
            self.root = root
            self.note = note
        }
    }

    /// What is wrong.
    public let kind: Kind
    /// Whose log it is.
    public let node: NodeID
    /// The witness that shows it; nil where none has to do with it.
    public let witness: String?
    /// What was known, or is held here.
    public let first: Side?
    /// What contradicts it.
    public let second: Side?

    /// An alarm.
    public init(
        _ kind: Kind, node: NodeID, witness: String? = nil, first: Side?, second: Side?
    ) {
        self.kind = kind
        self.node = node
        self.witness = witness
        self.first = first
        self.second = second
    }

    /// 16 hexadecimal digits that are the same for the same alarm.
    public var id: String {
        let sides = [first, second].map { side in
            side.map { "\($0.size) \($0.root?.description ?? "-")" } ?? "-"
        }
        let text = ([kind.rawValue, node.description, witness ?? "-"] + sides)
            .joined(separator: "\n")
        return Hex.text(of: SHA256.hash(data: Array(text.utf8)).prefix(8))
    }
}

extension LogAlarm {
    /// The alarm as JSON, without the notes.
    public var json: JSONValue {
        .members([
            "id": .string(id),
            "kind": .string(kind.rawValue),
            "node": .string(node.description),
            "witness": witness.map(JSONValue.string),
            "first": first?.json,
            "second": second?.json,
        ])
    }

    /// Reads an alarm.
    public init(from reader: inout JSONObjectReader) throws(JSONError) {
        kind = try reader.required("kind", "a kind of alarm") { $0.text.flatMap(Kind.init) }
        node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
        witness = try reader.optional("witness", "a name", \.text)
        first = try reader.optional("first", "a checkpoint", Side.init(json:))
        second = try reader.optional("second", "a checkpoint", Side.init(json:))
        let id = id
        _ = try reader.required("id", "the alarm's id") { $0.text == id ? id : nil }
    }
}

extension LogAlarm.Side {
    fileprivate var json: JSONValue {
        .members(["size": .integer(size.value), "root": root.map { .string($0.description) }])
    }

    fileprivate init?(json: JSONValue) {
        guard var reader = try? JSONObjectReader(json),
            let size = reader.optional("size")?.integer.flatMap(TreeSize.init(_:))
        else { return nil }
        let root = reader.optional("root")?.text.flatMap(MerkleHash.init)
        self.init(size: size, root: root)
    }
}
