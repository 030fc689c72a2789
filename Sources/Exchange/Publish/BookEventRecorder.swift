import TransparencyLog

/// Tells the log which consents and disputes came into the books of the node's members, and which went
/// (protocol/log.md, "Consents and disputes").
///
/// Each is told exactly once, whatever is cut off: what was taken up and not settled is looked for in
/// the log first.
struct BookEventRecorder: Sendable {
    /// Most consents or disputes that one entry tells of.
    static let eventsPerEntryMax = 1024

    private let context: NodeContext

    init(context: NodeContext) { self.context = context }

    /// Tells all that the log was not told yet.
    ///
    /// - Throws: `LogError`, `StoreError`; the next call goes on.
    func record() async throws {
        // Two that took up events at a time would find each other's.
        try await context.bookEvents.pass {
            let origin = try await context.log.checkpoint().checkpoint.origin
            try await context.store.tellLog(named: origin.description)
            if let taken = try await context.store.takenEvents() {
                try await context.store.settleEvents(areLogged: try await isLogged(taken))
            }
            while try await recordLot() { try Task.checkCancellation() }
        }
    }

    /// Tells of the next lot; false when there is none.
    private func recordLot() async throws -> Bool {
        let salts = CommitmentSalt.fresh(Self.eventsPerEntryMax)
        let lot = try await context.store.takeEvents(
            limit: Self.eventsPerEntryMax,
            logSize: try await context.log.checkpoint().checkpoint.head.size.value
        ) { Self.root(of: $0, salts) }
        guard let lot else { return false }
        let now = context.clock.now
        var entry = LogEntry(lot.taken.type, at: now, node: context.node)
        entry.member = lot.taken.member
        entry.count = lot.events.count
        entry.itemsRoot = lot.taken.itemsRoot
        entry.retainUntil = context.evidenceEnd(after: now)
        let evidence = Evidence(
            items: lot.events.map(\.value), salts: Array(salts.prefix(lot.events.count)))
        _ = try await context.log.append(entry, evidence: evidence, nonce: nil)
        try await context.store.settleEvents(areLogged: true)
        return true
    }

    private static func root(of events: [BookEvent], _ salts: [CommitmentSalt]) -> MerkleHash {
        Commitment.itemsRoot(zip(events, salts).map { Commitment(to: $0.value, salt: $1) })
    }

    /// Whether an entry stands in the log since the events were taken up.
    private func isLogged(_ taken: TakenEvents) async throws -> Bool {
        let place = try await context.log.place(since: taken.logSize) { entry in
            entry.itemsRoot == taken.itemsRoot && entry.type == taken.type
        }
        return place != nil
    }
}
