/// What an entry tells of (protocol/log.md, "Entries"). The list grows; a type that this version does
/// not know is an entry that it cannot judge, and no damage.
public enum LogEntryType: String, Sendable, CaseIterable {
    /// An evaluation is about to be asked.
    case evaluationAsked = "evaluation-asked"
    /// An evaluation was answered; the asker, where `member` stands: it believed the answer.
    case evaluationAnswered = "evaluation-answered"
    /// The asker: no answer came in time.
    case evaluationTimedOut = "evaluation-timed-out"
    /// The asker: an answer came that cannot be believed.
    case evaluationInvalid = "evaluation-invalid"
    /// A query is about to be asked.
    case queryAsked = "query-asked"
    /// A query was answered; the asker, where `member` stands: it believed the answer.
    case queryAnswered = "query-answered"
    /// The asker: no answer came in time.
    case queryTimedOut = "query-timed-out"
    /// The asker: an answer came that cannot be believed.
    case queryInvalid = "query-invalid"
    /// A filter is about to be served.
    case filterPublished = "filter-published"
    /// A member published its book, with its statement.
    case published
    /// Consents came into a member's book.
    case consentRecorded = "consent-recorded"
    /// Consents in a member's book were withdrawn.
    case consentWithdrawn = "consent-withdrawn"
    /// A subject is watched from now on.
    case watchAdded = "watch-added"
    /// A subject is watched no longer.
    case watchRemoved = "watch-removed"
    /// A subject disputes an account.
    case disputeOpened = "dispute-opened"
    /// A subject disputes an account no longer.
    case disputeEnded = "dispute-ended"
    /// The node works by another directory than before.
    case membershipChanged = "membership-changed"
    /// A member left the node, and what was held of it was deleted.
    case memberLeft = "member-left"
    /// A regulator's denial counts from now on.
    case denialChanged = "denial-changed"
    /// A regulator read entries or evidence.
    case auditRead = "audit-read"

    /// Whether two nodes spoke: then the entry is in a receipt, or may be.
    public var isOfExchange: Bool {
        switch self {
        case .evaluationAsked, .evaluationAnswered, .evaluationTimedOut, .evaluationInvalid,
            .queryAsked, .queryAnswered, .queryTimedOut, .queryInvalid:
            true
        case .filterPublished, .published, .consentRecorded, .consentWithdrawn, .watchAdded,
            .watchRemoved, .disputeOpened, .disputeEnded, .membershipChanged, .memberLeft,
            .denialChanged, .auditRead:
            false
        }
    }

    /// Whether values of its own lie with the entry's evidence, to which `itemsRoot` commits.
    public var hasItems: Bool {
        switch self {
        case .consentRecorded, .consentWithdrawn, .disputeOpened, .disputeEnded, .watchAdded,
            .watchRemoved:
            true
        default: false
        }
    }
}
