import TransparencyLog

/// Deletes evidence whose time is over (protocol/log.md, "When evidence goes").
///
/// The entries stay, and every proof of the log. Evidence that shows an account about which a dispute is
/// open, or a consent of whoever opened it, stays until it ended.
public struct EvidenceRetention: Sendable {
    /// For how many seconds evidence stays behind its time: a copy of the log that began before it, or a
    /// regulator's clock that is behind, must not miss it.
    public static let graceSeconds: Int64 = 86_400

    private let context: NodeContext

    /// The retention of a node's log.
    public init(context: NodeContext) { self.context = context }

    /// What became of evidence whose time is over.
    public struct Outcome: Sendable, Equatable {
        /// Pieces that were deleted.
        public fileprivate(set) var deleted = 0
        /// Pieces that stay because of an open dispute.
        public fileprivate(set) var held = 0
    }

    /// Deletes all that is over, in small parts; what was deleted before a failure stays so, and the next
    /// call goes on.
    ///
    /// - Throws: `LogError`, `StoreError`; `CancellationError`.
    public func forgetEnded() async throws -> Outcome {
        let moment = context.clock.now.advanced(bySeconds: -Self.graceSeconds)
        var outcome = Outcome()
        var last: EvidencePlace?
        while true {
            try Task.checkCancellation()
            let ended = try await context.log.endedEvidence(before: moment, after: last)
            guard let end = ended.last else { return outcome }
            last = end.place
            let held = try await held(of: ended)
            let over = ended.map(\.place.index).filter { !held.contains($0) }
            try await context.log.forgetEvidence(of: over)
            outcome.deleted += over.count
            outcome.held += held.count
        }
    }

    /// The entries whose evidence shows an account that is disputed now, or a consent of whoever
    /// disputes one: that shows by what right it was disclosed.
    private func held(of ended: [EndedEvidence]) async throws -> Set<EntryIndex> {
        var accounts: [(EntryIndex, Set<AccountReference>)] = []
        var consents: [(EntryIndex, Set<Int>)] = []
        for piece in ended {
            guard let evidence = piece.evidence else { continue }
            accounts.append((piece.place.index, evidence.ownAccounts))
            consents.append((piece.place.index, evidence.ownConsents))
        }
        let store = context.store
        return try await Self.held(accounts) { try await store.disputedAccounts(among: $0) }
            .union(Self.held(consents) { try await store.disputedConsents(among: $0) })
    }

    private static func held<Value: Hashable>(
        _ shown: [(index: EntryIndex, values: Set<Value>)],
        disputed: (Set<Value>) async throws -> Set<Value>
    ) async throws -> Set<EntryIndex> {
        let all = shown.reduce(into: Set<Value>()) { $0.formUnion($1.values) }
        guard !all.isEmpty else { return [] }
        let found = try await disputed(all)
        return Set(shown.filter { !$0.values.isDisjoint(with: found) }.map(\.index))
    }
}
