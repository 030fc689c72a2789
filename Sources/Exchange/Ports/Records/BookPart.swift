import Book
import RiskStandard

/// One part of a member's book, as it stands or as it is expected.
public struct BookPart: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The day whose end it shows; nil: nothing was imported into it.
    public let asOf: CalendarDate?
    /// When it was imported; nil as before.
    public let importedAt: Timestamp?
    /// Whether the member declared that it belongs to its book.
    public let isExpected: Bool
    /// Accounts, once for each party.
    public let accounts: Int

    /// Makes a part.
    public init(
        name: String, asOf: CalendarDate?, importedAt: Timestamp?, isExpected: Bool, accounts: Int
    ) {
        self.name = name
        self.asOf = asOf
        self.importedAt = importedAt
        self.isExpected = isExpected
        self.accounts = accounts
    }
}

extension Sequence<BookPart> {
    /// Whether the parts make one whole book: every declared part is there, and all are of one day.
    public var isComplete: Bool {
        let days = Set(map(\.asOf))
        return days.count == 1 && days != [nil]
    }
}
