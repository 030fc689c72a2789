import Book
import RiskStandard

/// How one lender stands in a report. Every lender of the directory has exactly one.
public enum MemberOutcome: Sendable, Equatable {
    /// It disclosed a record.
    case record
    /// It holds nothing, by a filter or an answer that is fresh enough.
    case noRecord
    /// It, or its node, refused.
    case refused(RefusalCode)
    /// Its node did not answer in time.
    case timedOut
    /// It holds nothing in a book that is too old to tell.
    case stale(bookAsOf: CalendarDate?)
    /// Its node's answer cannot be used.
    case error(OutcomeError)
    /// It was not asked.
    case notAsked(NotAskedReason)

    /// Why an answer cannot be used.
    public enum OutcomeError: Sendable, Equatable {
        /// No connection to the node.
        case unreachable
        /// The certificate is not that of the node.
        case wrongIdentity
        /// The node refused the whole request; nil: with a code that this version does not know.
        case problem(ProblemCode?)
        /// The answer is not what the protocol says.
        case malformed(String)
        /// The answer is not signed by the node, or not as an answer to what was asked.
        case badSignature
        /// The node did not prove that the answer stands in its log.
        case badReceipt
        /// The own log did not take the asking.
        case unlogged
        /// This node has no request key of the asking member that the directory lists.
        case unsigned
        /// The charter's regulator lists no opening key for this month.
        case noOpeningKey
        /// It was not asked: no quorum of witnesses cosigned what its node's log showed an hour ago.
        case unwitnessed
        /// The node said that it did not hear from all its members.
        case partial
    }

    /// Why a lender was not asked.
    public enum NotAskedReason: String, Sendable {
        case memberSuspended = "member-suspended"
        case memberWithdrawn = "member-withdrawn"
        case nodeSuspended = "node-suspended"
        case trial
    }

    /// What a failure of a node means for its lenders.
    init(_ failure: PeerFailure) {
        switch failure {
        case .timedOut: self = .timedOut
        case .unreachable: self = .error(.unreachable)
        case .wrongIdentity: self = .error(.wrongIdentity)
        case .refused(let code): self = .error(.problem(code))
        case .malformed(let what): self = .error(.malformed(what))
        case .badSignature: self = .error(.badSignature)
        case .badReceipt: self = .error(.badReceipt)
        case .unlogged: self = .error(.unlogged)
        case .unsigned: self = .error(.unsigned)
        case .noOpeningKey: self = .error(.noOpeningKey)
        }
    }

    /// Whether the lender said what it holds. Anything else makes the report incomplete.
    public var isAnswer: Bool { self == .record || self == .noRecord }

    /// The stable word for reports and schemas.
    public var word: String {
        switch self {
        case .record: "record"
        case .noRecord: "no-record"
        case .refused: "refused"
        case .timedOut: "timed-out"
        case .stale: "stale"
        case .error: "error"
        case .notAsked: "not-asked"
        }
    }

    /// The stable code behind the word; nil where the word says everything.
    public var code: String? {
        switch self {
        case .record, .noRecord, .timedOut, .stale: nil
        case .refused(let code): code.rawValue
        case .notAsked(let reason): reason.rawValue
        case .error(.unreachable): "unreachable"
        case .error(.wrongIdentity): "wrong-identity"
        case .error(.problem(let code)): code?.rawValue ?? "refused"
        case .error(.malformed): "malformed-answer"
        case .error(.badSignature): "bad-signature"
        case .error(.badReceipt): "bad-receipt"
        case .error(.unlogged): "unlogged"
        case .error(.unsigned): "unsigned"
        case .error(.noOpeningKey): "no-opening-key"
        case .error(.unwitnessed): "unwitnessed"
        case .error(.partial): "partial"
        }
    }

    /// What an answer did wrong, for people; nil where the code says everything.
    public var detail: String? {
        if case .error(.malformed(let what)) = self { what } else { nil }
    }
}
