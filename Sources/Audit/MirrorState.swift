import Exchange
import Membership
import StrictJSON

/// Whose log a folder holds, and when it was copied last: `mirror.json`.
public struct MirrorState: Hashable, Sendable {
    /// Whose log.
    public let node: NodeID
    /// The log's name.
    public let origin: String
    /// When it was copied last.
    public let at: Timestamp
    /// The version of the directory whose keys signed the checkpoint; nil in copies of a time before it
    /// was kept.
    public let directoryVersion: Int?

    static let fileName = "mirror.json"

    /// The state of a folder; nil for one without a copy.
    public init?(of folder: MirrorFolder) throws(AuditFailure) {
        guard let bytes = try folder.read(Self.fileName) else { return nil }
        do {
            let limits = JSONLimits(documentBytesMax: 64 * 1024)
            var reader = try JSONObjectReader(JSONValue(parsing: bytes, limits: limits))
            node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
            origin = try reader.required("origin", "a name", \.text)
            at = try reader.required("at", "a time") { $0.text.flatMap(Timestamp.init) }
            directoryVersion = try reader.optional("directory", "a version", \.integer)
        } catch {
            throw .file(Self.fileName, "is none of a mirror")
        }
    }

    /// A state.
    init(node: NodeID, origin: String, at: Timestamp, directoryVersion: Int) {
        self.node = node
        self.origin = origin
        self.at = at
        self.directoryVersion = directoryVersion
    }

    func write(to folder: MirrorFolder) throws(AuditFailure) {
        let json = JSONValue.members([
            "node": .string(node.description), "origin": .string(origin),
            "at": .string(at.description), "directory": directoryVersion.map(JSONValue.integer),
        ])
        try folder.write(Array(json.prettyPrinted.utf8) + [0x0A], to: Self.fileName)
    }
}
