import Book
import RiskStandard

/// What an import changes in the book, known before anything is kept.
public struct ImportChanges: Sendable, Equatable {
    /// How many vanished accounts are listed one by one.
    public static let vanishedListMax = 1000

    /// The as-of date of the part before; nil when it is new.
    public var previousAsOf: CalendarDate?
    /// Whether the day is before that of the part: only its history is rewritten.
    public var isOfPastDay = false
    /// Whether the part had been imported for this very day.
    public var isKnownDay = false
    /// Accounts that the part's last file had, once for each party: the base of the share that
    /// vanished.
    public var stoodBefore = 0
    /// Accounts that are new, once for each party.
    public var new = 0
    /// Accounts of which the file says something else than the book.
    public var changed = 0
    /// Of the changed ones, those that the book had from this very day.
    public var changedOfSameDay = 0
    /// Accounts of which both say the same.
    public var unchanged = 0
    /// Accounts of which the book knows a later day.
    public var outdated = 0
    /// Accounts whose row was rejected: they stay as they were, on their old day.
    public var keptFromBefore = 0
    /// Accounts that vanished without a closing status: they stay, with the status `ended`.
    public var vanished = 0
    /// The first ``vanishedListMax`` of them.
    public var vanishedAccounts: [VanishedAccount] = []
    /// Accounts that only an earlier file of this very day had: they are taken out again.
    public var removed = 0
    /// Accounts whose file now states a letter for an imported month that the import did not give.
    public var historyConflicts = 0
    /// Consents that were stated for the first time, or otherwise than before.
    public var consentsStated = 0
    /// Consents that are no longer stated.
    public var consentsGone = 0

    /// An import that changes nothing.
    public init() {}

    /// Accounts of which the file says something else than what was imported for its day; more
    /// than none needs a correction.
    public var differing: Int {
        isKnownDay ? new + changed + vanished + removed : changedOfSameDay
    }

    /// Whether the file says of its day what the book says.
    public var isEmpty: Bool {
        isKnownDay && differing == 0 && consentsStated == 0 && consentsGone == 0
    }
}
