import TransparencyLog

/// The log of a node's exchanges: what is in it can be proved, and cannot be taken out again.
///
/// A call that returns has reached the disk, under a checkpoint that the log signed; one that throws
/// has promised nothing. Cancelling the caller's task does not take an entry back.
public protocol ExchangeLog: Sendable {
    /// Adds an entry, with what lies beside it.
    ///
    /// - Parameters:
    ///   - entry: of this node.
    ///   - evidence: kept until the entry's `retainUntil`; nil for none.
    ///   - nonce: used up together with the entry: both or neither.
    /// - Throws: `LogError`; `.nonceReplayed` adds nothing.
    func append(
        _ entry: LogEntry, evidence: Evidence?, nonce: NonceUse?
    ) async throws(LogError) -> LoggedEntry

    /// Uses up a nonce without an entry, for requests that have none.
    ///
    /// - Throws: `LogError`.
    func use(_ nonce: NonceUse) async throws(LogError)

    /// The checkpoint, at least as new as every receipt given.
    func checkpoint() async throws(LogError) -> SignedCheckpoint

    /// A tile's bytes, also with fewer hashes than it has by now; nil when the log has none of this
    /// width.
    func tile(_ id: TileID) async throws(LogError) -> [UInt8]?

    /// A bundle of entries; nil as for tiles.
    func entries(_ id: EntryBundleID) async throws(LogError) -> [UInt8]?

    /// An entry's evidence; nil when it never had any, or it was deleted.
    func evidence(of index: EntryIndex) async throws(LogError) -> ServedEvidence?

    /// Deletes evidence whose time ended before a moment, a limited number at a time.
    ///
    /// - Returns: how many were deleted.
    func forgetEvidence(before moment: Timestamp) async throws(LogError) -> Int
}
