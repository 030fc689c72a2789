import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Of one node's log: the checkpoints of receipts that nobody else is known to have seen yet, and the
/// last one that enough witnesses cosigned.
struct AwaitedReceipts: Sendable, Equatable {
    /// A receipt's checkpoint, and when it came.
    struct Receipt: Sendable, Equatable {
        let at: Timestamp
        let checkpoint: SignedCheckpoint

        var head: TreeHead { checkpoint.checkpoint.head }
    }

    /// Those that are awaited, the oldest first.
    private(set) var receipts: [Receipt] = []
    /// The newest checkpoint with a quorum that was verified.
    private(set) var cosigned: SignedCheckpoint?
    /// The largest tree that a receipt was under, awaited or not.
    private(set) var seen: SignedCheckpoint?

    /// Nothing.
    init() {}

    /// Since when something is awaited.
    var since: Timestamp? { receipts.first?.at }

    /// Notes a receipt; one whose checkpoint is awaited already adds nothing. Of too many the last
    /// gives way, so that the oldest still says since when.
    mutating func add(_ checkpoint: SignedCheckpoint, at now: Timestamp) {
        let head = checkpoint.checkpoint.head
        guard !receipts.contains(where: { $0.head == head }) else { return }
        if receipts.count >= WitnessWatch.awaitedMax { receipts.removeLast() }
        receipts.append(Receipt(at: now, checkpoint: checkpoint))
    }

    /// The larger tree of those that were seen.
    var newest: SignedCheckpoint? {
        [seen, cosigned].compactMap(\.self).max {
            $0.checkpoint.head.size.value < $1.checkpoint.head.size.value
        }
    }

    /// Remembers the checkpoint of a receipt; whether it is larger than those before.
    mutating func see(_ checkpoint: SignedCheckpoint) -> Bool {
        if let newest, newest.checkpoint.head.size.value >= checkpoint.checkpoint.head.size.value {
            return false
        }
        seen = checkpoint
        return true
    }

    /// Takes out what was shown to be of one log with a checkpoint that enough witnesses cosigned.
    mutating func settle(_ shown: [TreeHead], under cosigned: SignedCheckpoint) {
        receipts.removeAll { shown.contains($0.head) }
        self.cosigned = cosigned
    }
}

extension AwaitedReceipts {
    /// As a node keeps it.
    var bytes: [UInt8] {
        let note = { (checkpoint: SignedCheckpoint) in
            JSONValue.string(Base64URL.encode(checkpoint.note.bytes))
        }
        return JSONValue.members([
            "receipts": .array(
                receipts.map { ["at": .string($0.at.description), "note": note($0.checkpoint)] }),
            "cosigned": cosigned.map(note), "seen": seen.map(note),
        ]).encoded
    }

    /// What a node kept.
    init(bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(
            documentBytesMax: 4 * 1024 * 1024, stringBytesMax: 2 * SignedNote.bytesMax)
        var reader = try JSONObjectReader(JSONValue(parsing: bytes, limits: limits))
        receipts = try reader.required("receipts", "receipts") { value in
            let receipts = (value.elements ?? []).compactMap(Receipt.init(json:))
            return receipts.count == value.elements?.count ? receipts : nil
        }
        cosigned = try reader.optional("cosigned", "a note", SignedCheckpoint.init(json:))
        seen = try reader.optional("seen", "a note", SignedCheckpoint.init(json:))
    }
}

extension AwaitedReceipts.Receipt {
    fileprivate init?(json: JSONValue) {
        guard var reader = try? JSONObjectReader(json), let at = try? reader.timestamp("at"),
            let checkpoint = reader.optional("note").flatMap(SignedCheckpoint.init(json:))
        else { return nil }
        self.init(at: at, checkpoint: checkpoint)
    }
}

extension SignedCheckpoint {
    fileprivate init?(json: JSONValue) {
        guard let text = json.text, let bytes = try? Base64URL.decode(text) else { return nil }
        try? self.init(bytes: bytes)
    }
}
