import Membership
import Pseudonym

/// One question of an analyst: what does the consortium know about this subject?
public struct ReportRequest: Sendable {
    /// The member of this node that asks.
    public let member: MemberID
    /// The subject.
    public let identifier: Identifier
    /// The subject's name, in normal form; nil where the charter lets it be left out.
    public let name: SubjectName?
    /// What for.
    public let purpose: Purpose
    /// The asker's consent.
    public let consent: Consent
    /// The asker's own name for the case, so that asking again is not a second inquiry.
    public let caseName: String?
    /// By which way the own people ask; the own log says it.
    public let channel: LogChannel
    /// Who of them asks; the own log commits to it.
    public let operatorName: String?
    /// Time for the whole report, at most `ExchangeLimits.reportDeadlineMax`.
    public let deadline: Duration

    /// Makes a question.
    public init(
        member: MemberID, identifier: Identifier, name: SubjectName?, purpose: Purpose,
        consent: Consent, caseName: String? = nil, channel: LogChannel = .api,
        operatorName: String? = nil,
        deadline: Duration = ExchangeLimits.reportDeadline
    ) {
        self.member = member
        self.identifier = identifier
        self.name = name
        self.purpose = purpose
        self.consent = consent
        self.caseName = caseName
        self.channel = channel
        self.operatorName = operatorName
        self.deadline = min(deadline, ExchangeLimits.reportDeadlineMax)
    }
}

/// Why a question is not asked at all; nothing was sent to anyone.
public enum AskError: Error, Equatable, Sendable {
    /// This node does not serve that member.
    case unknownMember
    /// The member is no active (or trial) lender.
    case mayNotAsk
    /// Regulators deny the member, or the node that serves it.
    case denied(by: [MemberID])
    /// This node is suspended or has withdrawn.
    case nodeSuspended
    /// The member is on trial, and the subject is not an invented one.
    case inventedOnly
    /// The charter does not know the purpose.
    case purpose
    /// The asker's own consent does not cover the asking.
    case consent(RefusalCode)
    /// The charter requires a name.
    case nameMissing
    /// The store did not answer; the question was not asked, or its result could not be kept.
    case store
}
