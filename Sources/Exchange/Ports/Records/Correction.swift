import Book
import Membership
import RiskStandard

/// An account of which a peer may have been told what was not so, since its lender corrected a day
/// that had been imported: whoever got it must be told.
public struct Correction: Sendable, Equatable {
    /// Grows from correction to correction.
    public let id: Int64
    /// The lender that corrected.
    public let member: MemberID
    /// The import that corrected (`ImportRecord.id`).
    public let importID: Int64
    /// The account.
    public let account: AccountReference
    /// The borrower; nil for one that was stored before there were references.
    public let subject: SubjectReference?
    /// The day that was told otherwise.
    public let asOf: CalendarDate

    /// Makes a record.
    public init(
        id: Int64, member: MemberID, importID: Int64, account: AccountReference,
        subject: SubjectReference?, asOf: CalendarDate
    ) {
        self.id = id
        self.member = member
        self.importID = importID
        self.account = account
        self.subject = subject
        self.asOf = asOf
    }
}
