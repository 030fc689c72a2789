import TransparencyLog

/// The log of a node's exchanges: what is in it can be proved, and cannot be taken out again.
///
/// A call that returns has reached the disk, under a checkpoint that the log signed; one that throws
/// has promised nothing. Cancelling the caller's task does not take an entry back.
public protocol ExchangeLog: Sendable {
    /// Adds entries of this node in their order, with one wait for the disk.
    ///
    /// - Throws: `LogError` of the first that was not added; `.nonceReplayed` adds no entry. The others
    ///   may stand in the log all the same.
    func append(_ entries: [NewEntry]) async throws(LogError) -> [LoggedEntry]

    /// Uses up a nonce without an entry, for requests that have none.
    ///
    /// - Throws: `LogError`.
    func use(_ nonce: NonceUse) async throws(LogError)

    /// The checkpoint when all that came before is settled: an entry whose write failed and that is in
    /// the log all the same stands under it.
    ///
    /// - Throws: `LogError`.
    func settled() async throws(LogError) -> SignedCheckpoint

    /// The checkpoint, at least as new as every receipt given.
    func checkpoint() async throws(LogError) -> SignedCheckpoint

    /// A tile's bytes, also with fewer hashes than it has by now; nil when the log has none of this
    /// width.
    func tile(_ id: TileID) async throws(LogError) -> [UInt8]?

    /// A bundle of entries; nil as for tiles.
    func entries(_ id: EntryBundleID) async throws(LogError) -> [UInt8]?

    /// An entry's evidence; nil when it never had any, or it was deleted.
    func evidence(of index: EntryIndex) async throws(LogError) -> ServedEvidence?

    /// The first entries of askings of this node of which no second one says how they ended, oldest
    /// first, a limited number at a time: those under way, and those that a crash cut off.
    func unfinishedAskings() async throws(LogError) -> [LogEntry]

    /// Evidence whose time ended before a moment, in the order of its end, a limited part at a time.
    ///
    /// - Parameter place: the last of the part before; nil for the first part.
    func endedEvidence(
        before moment: Timestamp, after place: EvidencePlace?
    ) async throws(LogError) -> [EndedEvidence]

    /// Deletes the evidence of some entries; all of it or none. The entries stay, and every proof with
    /// them.
    func forgetEvidence(of entries: [EntryIndex]) async throws(LogError)
}

/// An entry that is to be added to a log.
public struct NewEntry: Sendable {
    /// The entry, of the log's node.
    public let entry: LogEntry
    /// What lies beside it until the entry's `retainUntil`; nil for nothing.
    public let evidence: Evidence?
    /// Used up together with the entry: both or neither.
    public let nonce: NonceUse?

    /// Makes an entry that is to be added.
    public init(_ entry: LogEntry, evidence: Evidence? = nil, nonce: NonceUse? = nil) {
        self.entry = entry
        self.evidence = evidence
        self.nonce = nonce
    }
}

extension ExchangeLog {
    /// Adds one entry; see ``append(_:)``.
    public func append(
        _ entry: LogEntry, evidence: Evidence?, nonce: NonceUse?
    ) async throws(LogError) -> LoggedEntry {
        let added = try await append([NewEntry(entry, evidence: evidence, nonce: nonce)])
        guard let logged = added.first else { throw .stopped }
        return logged
    }
}
