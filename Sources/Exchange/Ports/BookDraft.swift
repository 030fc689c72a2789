import Book
import RiskStandard

/// An import in the making: it reads the book as it stands and keeps aside what the file changes.
/// Nothing of it is seen, and nothing of the book is held up, before it is applied as a whole.
///
/// Its calls come from one thread at a time. After a call that threw, the import fails, whatever
/// its user does.
public protocol BookDraft {
    /// The as-of date of the part as it stands; nil when nothing was imported into it.
    var standingAsOf: CalendarDate? { get }

    /// Whether the file tells of a day before the one that stands: then it only rewrites the
    /// history of that day, and entries need no tokens.
    var isOfPastDay: Bool { get }

    /// Accounts by whose lines the next rows may be known, so many and some more, when the file has
    /// its rows in the book's order. None of them is sealed less than the import would seal it.
    func linesAhead(of rows: Int) throws -> [LineDigest: StandingLine]

    /// How rows stand to the book, in their order; notes that their accounts were in the file.
    func compare(_ rows: [SightedRow]) throws -> [RowStanding]

    /// Which subjects need no tokens, in their order: those that the store or this draft knows, by
    /// this name and with a token under each of the keys.
    func knows(_ subjects: [SubjectIdentity], kids: [String]) throws -> [Bool]

    /// Adds entries whose rows were `.new`, `.unsealed`, `.unmarked`,
    /// `.changed` or `.outdated`.
    func put(_ entries: [HeldEntry]) throws

    /// Notes accounts whose rows were rejected: they have not vanished.
    func keep(_ accounts: [AccountReference]) throws

    /// Adds consents to subjects of the member, with accounts or not. A consent of the same basis,
    /// purposes and moment is the same consent: it is kept once and stays withdrawn.
    func put(_ consents: [SubjectConsent]) throws

    /// Notes what the journal says of the file: rows read, and rows left out by code.
    func note(rows: Int, rejects: [String: Int])
}
