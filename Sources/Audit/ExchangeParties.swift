import Exchange
import Membership

/// Who asked whom, as an entry about an exchange says it, whichever side's it is.
struct ExchangeParties: Hashable {
    /// The node that asked.
    let asker: NodeID
    /// The member that asked.
    let member: MemberID
    /// The node that answered.
    let answerer: NodeID

    /// The parties of an entry; nil when it does not name them.
    init?(of entry: LogEntry) {
        guard entry.type.isOfExchange, let peer = entry.peer else { return nil }
        if let member = entry.member {
            self.init(asker: entry.node, member: member, answerer: peer)
        } else if let member = entry.peerMember {
            self.init(asker: peer, member: member, answerer: entry.node)
        } else {
            return nil
        }
    }

    private init(asker: NodeID, member: MemberID, answerer: NodeID) {
        self.asker = asker
        self.member = member
        self.answerer = answerer
    }
}

extension LogEntry {
    /// Whether the entry is that of who asked.
    var isOfAsker: Bool { type.isOfExchange && member != nil }
    /// Whether the entry says that a request is about to be sent.
    var isAsked: Bool { type == .evaluationAsked || type == .queryAsked }
    /// Whether the entry is the asker's, of how a request ended.
    var isEnd: Bool { isOfAsker && !isAsked && !isLocal }
    /// Whether evidence must lie beside the entry until its time is over. An answer that did not come,
    /// or bears no signature, leaves none.
    var needsEvidence: Bool {
        switch type {
        case .evaluationTimedOut, .evaluationInvalid, .queryTimedOut, .queryInvalid: false
        default: retainUntil != nil
        }
    }
    /// Whether the entry says that a request was answered.
    var isAnswered: Bool { type == .evaluationAnswered || type == .queryAnswered }
    /// Whether the entry is about an evaluation.
    var isEvaluation: Bool {
        switch type {
        case .evaluationAsked, .evaluationAnswered, .evaluationTimedOut, .evaluationInvalid: true
        default: false
        }
    }
}
