import Membership
import TransparencyLog

/// A checkpoint of a node's log with the cosignatures that count, all verified.
public struct CosignedCheckpoint: Sendable, Hashable {
    /// The checkpoint, with the signatures of the log and of these witnesses and no others.
    public let signed: SignedCheckpoint
    /// When the witnesses signed, in seconds since 1970, by their names.
    public let times: [String: Int]

    /// The size and root.
    public var head: TreeHead { signed.checkpoint.head }

    /// How many witnesses cosigned it.
    public var count: Int { times.count }

    /// When the first of the witnesses signed: by then the log was this large.
    public var earliest: Int? { times.values.min() }

    /// When the last of them signed.
    public var latest: Int? { times.values.max() }

    /// Verifies a checkpoint.
    ///
    /// - Throws: `NoteError` when a signature of the log, or of a witness that counts, is missing or
    ///   does not verify. Whether there are enough cosignatures, the reader decides.
    public init(
        _ signed: SignedCheckpoint, of node: NodeEntry, in directory: Directory
    ) throws(NoteError) {
        try self.init(
            signed, logKeys: node.logKeys, witnesses: directory.witnesses(of: node).map(\.key))
    }

    /// Verifies a checkpoint by keys.
    ///
    /// - Throws: `NoteError`, as above.
    public init(
        _ signed: SignedCheckpoint, logKeys: [NoteKey], witnesses: [NoteKey]
    ) throws(NoteError) {
        let found = try signed.verified(log: logKeys, witnesses: witnesses)
        guard !found.witnesses.isEmpty else { throw .unsigned }
        self.signed = try signed.keeping(
            signaturesOf: (found.log + found.witnesses).map(\.key))
        times = Dictionary(
            found.witnesses.map { ($0.key.name.description, $0.secondsSince1970 ?? 0) },
            uniquingKeysWith: min)
    }
}
