import Membership
import RiskStandard
import TransparencyLog

/// Deletes what a node holds of a member that leaves it, and tells the log (protocol/leaving.md). Every
/// step may be repeated; what was done is done once.
public struct MemberLeaving: Sendable {
    private let context: NodeContext
    private let filters: FilterPublisher

    /// Works on a node that nobody else writes to.
    public init(context: NodeContext, filters: FilterPublisher) {
        self.context = context
        self.filters = filters
    }

    /// Until when evidence that comes now is kept.
    public var evidenceEnd: Timestamp { context.evidenceEnd(after: context.clock.now) }

    /// Tells the log of what came into the book and was not told yet, and deletes everything.
    ///
    /// - Throws: `LogError`, `StoreError`; then nothing of the book was deleted.
    public func forget(_ member: MemberID) async throws -> Departure {
        try await filters.recordBookEvents()
        let size = try await context.log.settled().checkpoint.head.size.value
        return try await context.store.forget(
            member, evidenceBefore: context.firstEvidence, at: context.clock.now, logSize: size)
    }

    /// Of how many consents of queries the node keeps what stands behind them.
    public func evidenceKept(of member: MemberID) async throws -> Int {
        try await context.store.evidenceKept(of: member)
    }

    /// Tells the log of a departure, once; returns the entry's place.
    ///
    /// - Parameter record: SHA-256 of the deletion record.
    public func tell(_ departure: Departure, record: MerkleHash) async throws -> EntryIndex {
        if let index = try await place(of: departure, record) { return index }
        var entry = LogEntry(.memberLeft, at: context.clock.now, node: context.node)
        entry.member = departure.member
        entry.count = departure.deleted.values.reduce(0, +)
        entry.record = record
        return try await context.log.append(entry, evidence: nil, nonce: nil).index
    }

    /// Makes the filters anew without the member's subjects, and forgets those of before: who still
    /// asks for one of them fetches the manifest again.
    public func renewFilters() async throws {
        try await filters.refresh(rebuild: true)
        try await context.store.pruneFilters(
            supersededBefore: context.clock.now.advanced(bySeconds: 1))
    }

    /// Where the entry stands that tells of a departure; nil when none does.
    private func place(
        of departure: Departure, _ record: MerkleHash
    ) async throws -> EntryIndex? {
        try await context.log.place(since: departure.logSize) { entry in
            entry.type == .memberLeft && entry.record == record
        }
    }
}

extension NodeContext {
    /// What stands behind consents that came before this moment has had its time, and the day that
    /// evidence beside the log has, too (protocol/log.md, "When evidence goes").
    var firstEvidence: Timestamp {
        let months = directory.current.charter.retention.evidenceMonths
        let day = clock.now.date?.adding(months: -months)
        return day.map {
            Timestamp(startOf: $0).advanced(bySeconds: -EvidenceRetention.graceSeconds)
        } ?? Timestamp(secondsSinceEpoch: 0)
    }
}
