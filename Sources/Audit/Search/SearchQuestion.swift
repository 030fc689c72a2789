import Exchange
import Membership
import Pseudonym

/// What a regulator looks for in copied logs. What is nil does not matter.
public struct SearchQuestion: Sendable {
    /// A member that asked, published, recorded, or read.
    public var member: MemberID?
    /// A node whose log it is, or on the other side.
    public var node: NodeID?
    /// What for.
    public var purpose: Purpose?
    /// Not before.
    public var from: Timestamp?
    /// Before.
    public var until: Timestamp?
    /// How it ended.
    public var outcome: SearchOutcome?
    /// What kind of entry; empty: any.
    public var types: Set<LogEntryType> = []
    /// About whom.
    public var subject: SoughtSubject?

    /// Everything.
    public init() {}

    /// Whether an entry fits all that the entry alone tells.
    func fits(_ entry: LogEntry) -> Bool {
        (member == nil || entry.member == member || entry.peerMember == member)
            && (node == nil || entry.node == node || entry.peer == node)
            && (purpose == nil || entry.purpose == purpose)
            && from.map { entry.at >= $0 } != false && until.map { entry.at < $0 } != false
            && (types.isEmpty || types.contains(entry.type))
    }
}

/// How an asking ended: a word of the entry, or the code of a refusal.
public struct SearchOutcome: Hashable, Sendable {
    /// The words that entries tell by themselves; for others the evidence is read.
    static let words: Set<String> = ["found", "none", "refused", "timed-out", "invalid"]

    let word: String

    /// A word or a code; nil for any other text.
    public init?(_ text: String) {
        guard
            Self.words.contains(text) || RefusalCode(rawValue: text) != nil
                || ProblemCode(rawValue: text) != nil
        else { return nil }
        word = text
    }

    /// Whether an entry ended so.
    func fits(
        _ entry: LogEntry, evidence: () throws(AuditFailure) -> Evidence?
    ) throws(AuditFailure) -> Bool {
        switch entry.type {
        case .evaluationTimedOut, .queryTimedOut: return word == "timed-out"
        case .evaluationInvalid, .queryInvalid: return word == "invalid"
        case .evaluationAnswered, .queryAnswered: break
        default: return false
        }
        if Self.words.contains(word), let outcomes = entry.outcomes {
            return Self.words(of: outcomes).contains(word)
        }
        guard let evidence = try evidence() else { return false }
        let messages = ReadExchange(evidence)
        return Self.words(of: LogOutcomes(messages.outcomes)).contains(word)
            || messages.refusals.contains { refusal in
                refusal.code == word || word == "refused" && refusal.extent == .request
            }
    }

    private static func words(of outcomes: LogOutcomes) -> Set<String> {
        let counts = [
            ("found", outcomes.found), ("none", outcomes.none), ("refused", outcomes.refused),
        ]
        return Set(counts.filter { $0.1 > 0 }.map(\.0))
    }
}

/// A subject that is looked for, and the keys that open what was asked about it.
public struct SoughtSubject: Sendable {
    let identifier: Identifier
    let keys: [String: OpeningPrivateKey]

    /// A subject.
    ///
    /// - Parameter keys: the regulator's opening keys by their names.
    public init(_ identifier: Identifier, keys: [String: OpeningPrivateKey]) {
        self.identifier = identifier
        self.keys = keys
    }
}
