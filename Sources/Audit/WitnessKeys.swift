import Exchange
import Membership
import TransparencyLog

/// The witnesses that count for one node's log, over all directories given: a cosignature stays valid
/// when its witness has left.
struct WitnessKeys {
    /// Their keys.
    let keys: [NoteKey]
    /// Those of the newest directory, for asking.
    let entries: [WitnessEntry]
    /// How many must cosign, by the newest directory; 0 for none.
    let quorum: Int

    init(of node: NodeID, in directories: [Directory]) {
        var keys: [NoteKey] = []
        for directory in directories {
            guard let entry = directory.node(node) else { continue }
            keys += directory.witnesses(of: entry).map(\.key).filter { !keys.contains($0) }
        }
        self.keys = keys
        let newest = directories.last
        quorum = newest?.charter.witnessQuorum ?? 0
        entries =
            newest.flatMap { newest in
                newest.node(node).map { newest.witnesses(of: $0).map(\.entry) }
            } ?? []
    }

    /// A checkpoint of a log with the cosignatures that count.
    ///
    /// - Throws: `NoteError`.
    func cosigned(
        _ bytes: [UInt8], by log: LogKeys
    ) throws(NoteError) -> CosignedCheckpoint {
        try CosignedCheckpoint(
            SignedCheckpoint(bytes: bytes), logKeys: log.keys, witnesses: keys)
    }
}
