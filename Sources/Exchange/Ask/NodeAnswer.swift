import Membership

/// What one node's answer means for each of its lenders.
struct NodeAnswer: Sendable {
    let node: NodeID
    /// One outcome for every lender of the node.
    let outcomes: [MemberID: MemberOutcome]
    /// The summaries received.
    let summaries: [Summary]

    /// The same outcome for every lender, but suspended ones were not asked in any case.
    init(node: NodeID, lenders: [MemberEntry], all outcome: MemberOutcome) {
        self.init(node: node, lenders: lenders, summaries: []) { _ in outcome }
    }

    /// Spreads a result. A member named twice, or one that the node does not serve, makes the whole
    /// answer an error.
    init(node: NodeID, lenders: [MemberEntry], result: QueryResult, books: BookAges) {
        switch result {
        case .none:
            self.init(node: node, lenders: lenders, summaries: [], outcome: books.miss)
        case .refused(let code):
            self.init(node: node, lenders: lenders, all: .refused(code))
        case .found(let found, let withheld, let isPartial):
            let named = found.map(\.member) + withheld.map(\.member)
            let served = Set(lenders.filter(Self.isAsked).map(\.id))
            guard isPartial || !named.isEmpty else {
                self.init(
                    node: node, lenders: lenders,
                    all: .error(.malformed("an answer that has found something and names nobody")))
                return
            }
            guard Set(named).count == named.count, served.isSuperset(of: named) else {
                self.init(
                    node: node, lenders: lenders,
                    all: .error(.malformed("an answer that names a member twice or wrongly")))
                return
            }
            self.init(node: node, lenders: lenders, summaries: found) { member in
                if let record = withheld.first(where: { $0.member == member }) {
                    return .refused(record.code)
                }
                if found.contains(where: { $0.member == member }) { return .record }
                return isPartial ? .error(.partial) : books.miss(member)
            }
        }
    }

    private init(
        node: NodeID, lenders: [MemberEntry], summaries: [Summary],
        outcome: (MemberID) -> MemberOutcome
    ) {
        self.node = node
        self.summaries = summaries
        outcomes = Dictionary(
            uniqueKeysWithValues: lenders.map { ($0.id, Self.notAsked($0) ?? outcome($0.id)) })
    }

    /// Whether a lender takes part, so that its node is asked.
    static func isAsked(_ lender: MemberEntry) -> Bool { notAsked(lender) == nil }

    private static func notAsked(_ lender: MemberEntry) -> MemberOutcome? {
        switch lender.status {
        case .active, .trial: nil
        case .suspended: .notAsked(.memberSuspended)
        case .withdrawn: .notAsked(.memberWithdrawn)
        }
    }
}

/// How old the books of a node's members are, from its manifest.
struct BookAges: Sendable {
    private let asOf: [MemberID: Timestamp]
    private let intervals: Charter.Intervals
    private let now: Timestamp

    init(manifest: Manifest, charter: Charter, now: Timestamp) {
        asOf = Dictionary(
            manifest.members.compactMap { entry in entry.bookAsOf.map { (entry.member, $0) } },
            uniquingKeysWith: min)
        intervals = charter.intervals
        self.now = now
    }

    /// What a miss means: "no record" only of a book that is fresh enough.
    func miss(_ member: MemberID) -> MemberOutcome {
        guard let asOf = asOf[member] else { return .stale(bookAsOf: nil) }
        return intervals.isStale(bookAsOf: asOf, at: now)
            ? .stale(bookAsOf: asOf.date) : .noRecord
    }
}
