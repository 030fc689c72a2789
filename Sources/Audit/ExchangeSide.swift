import Exchange
import Membership
import TransparencyLog

/// What one log says of one step of an exchange.
struct ExchangeSide {
    /// In whose log.
    let node: NodeID
    /// Where.
    let index: Int
    let at: Timestamp
    let type: LogEntryType
    let isEvaluation: Bool
    let parties: ExchangeParties
    let count: Int?
    let kid: String?
    let purpose: Purpose?
    let response: MerkleHash?
    let outcomes: LogOutcomes?

    /// What an entry says; nil when it is about no exchange.
    init?(_ entry: LogEntry, at index: Int) {
        guard let parties = ExchangeParties(of: entry) else { return nil }
        self.parties = parties
        self.index = index
        node = entry.node
        at = entry.at
        type = entry.type
        isEvaluation = entry.isEvaluation
        count = entry.count
        kid = entry.kid?.rawValue
        purpose = entry.purpose
        response = entry.response
        outcomes = entry.outcomes
    }

    /// Whether both speak of the same request in the same way, as far as both say anything.
    func agrees(with other: ExchangeSide) -> Bool {
        let agree = { (one: Int?, two: Int?) in one == nil || two == nil || one == two }
        return parties == other.parties && isEvaluation == other.isEvaluation
            && agree(count, other.count) && (kid == nil || other.kid == nil || kid == other.kid)
            && (purpose == nil || other.purpose == nil || purpose == other.purpose)
    }
}

/// A filter that an asker says it used, and where.
struct UsedFilter {
    let side: ExchangeSide
    let digest: MerkleHash
}

/// All that several logs say of the exchanges between their nodes, by request.
struct ExchangeIndex {
    /// The asker, before the request left.
    private(set) var asked: [MerkleHash: ExchangeSide] = [:]
    /// The asker, how it ended.
    private(set) var ended: [MerkleHash: ExchangeSide] = [:]
    /// The answerer.
    private(set) var answered: [MerkleHash: ExchangeSide] = [:]
    /// Entries of a request that stood in their log before.
    private(set) var repeated: [ExchangeSide] = []
    /// By node, the filters that its log announces.
    private(set) var announced: [NodeID: Set<MerkleHash>] = [:]
    /// The filters that askers name one by one.
    private(set) var used: [UsedFilter] = []

    /// Takes an entry of a log.
    mutating func add(_ entry: LogEntry, at index: Int) {
        if entry.type == .filterPublished, case .digests(let digests) = entry.filter {
            announced[entry.node, default: []].formUnion(digests)
        }
        guard let request = entry.request, let side = ExchangeSide(entry, at: index) else {
            return
        }
        let known: ExchangeSide?
        if !entry.isOfAsker {
            known = answered.updateValue(side, forKey: request)
        } else if entry.isAsked {
            known = asked.updateValue(side, forKey: request)
        } else {
            known = ended.updateValue(side, forKey: request)
        }
        if known != nil { repeated.append(side) }
        if entry.isOfAsker, case .digests(let digests) = entry.filter {
            used += digests.map { UsedFilter(side: side, digest: $0) }
        }
    }
}
