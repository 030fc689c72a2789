import Book
import Membership
import RiskStandard

/// One import of one part of a member's book.
public struct BookHeader: Sendable, Equatable {
    /// The member whose book it is.
    public let member: MemberID
    /// Which part: a member may keep several files (branches, products); `main` by default.
    public let part: String
    /// The day whose end the file shows.
    public let asOf: CalendarDate
    /// When it was imported.
    public let importedAt: Timestamp
    /// The mapping that was used, by name.
    public let mapping: String

    /// Makes a header.
    public init(
        member: MemberID, part: String, asOf: CalendarDate, importedAt: Timestamp, mapping: String
    ) {
        self.member = member
        self.part = part
        self.asOf = asOf
        self.importedAt = importedAt
        self.mapping = mapping
    }
}
