import Book
import Membership
import Pseudonym

/// What one member holds of one subject.
public struct HeldRecord: Sendable, Equatable {
    /// The member.
    public var member: MemberID
    /// Person or enterprise.
    public var kind: SubjectKind
    /// Deceased or bankrupt.
    public var status: SubjectStatus?
    /// Checks of the names known, at most `ExchangeLimits.nameChecksPerSubjectMax`.
    public var nameChecks: [NameCheck]
    /// The accounts, in no order.
    public var accounts: [HeldAccount]
    /// The consents that came with the member's book, in no order: what may be disclosed of its
    /// accounts rests on them.
    public var consents: [HeldConsent]
    /// The consents under which the member asked, in no order: they let its inquiries be disclosed,
    /// and nothing of its accounts, to which nobody agreed by letting it ask.
    public var inquiryConsents: [HeldConsent]
    /// Hard inquiries by this member.
    public var inquiries: InquiryCounts
    /// The borrower's statement.
    public var statement: String?

    /// Makes a record.
    public init(
        member: MemberID, kind: SubjectKind, status: SubjectStatus?, nameChecks: [NameCheck],
        accounts: [HeldAccount], consents: [HeldConsent], inquiryConsents: [HeldConsent] = [],
        inquiries: InquiryCounts, statement: String?
    ) {
        self.member = member
        self.kind = kind
        self.status = status
        self.nameChecks = nameChecks
        self.accounts = accounts
        self.consents = consents
        self.inquiryConsents = inquiryConsents
        self.inquiries = inquiries
        self.statement = statement
    }
}
