import Book
import Membership
import RiskStandard

/// The lender's statement of what it published.
public struct Publication: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// As of when its book is.
    public let asOf: CalendarDate
    /// When it was published.
    public let publishedAt: Timestamp
    /// Subjects held, and of them those withheld for want of a consent.
    public let subjects: Int
    /// Subjects of whom nothing may be disclosed.
    public let withheld: Int
    /// Counts and balances by class.
    public let totals: [ClassTotal]

    /// Makes a statement.
    public init(
        member: MemberID, asOf: CalendarDate, publishedAt: Timestamp, subjects: Int, withheld: Int,
        totals: [ClassTotal]
    ) {
        self.member = member
        self.asOf = asOf
        self.publishedAt = publishedAt
        self.subjects = subjects
        self.withheld = withheld
        self.totals = totals
    }
}
