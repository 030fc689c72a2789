import RiskStandard

/// What an import did.
public struct BookImportResult: Sendable, Equatable {
    /// Rows read.
    public var rows = 0
    /// Rows left out, of the book and of the consent file.
    public var rejected = 0
    /// Of them, how many for which code.
    public var rejects: [String: Int] = [:]
    /// Rows of the book left out whose account cannot be told: if the book holds it, it counts as
    /// vanished.
    public var unplaced = 0
    /// Accounts left out because their time is over by the charter.
    public var ended = 0
    /// Consents taken from the consent file.
    public var consents = 0
    /// Accounts taken, by class.
    public var accounts: [RiskClass: Int] = [:]
    /// What of it is new to the book.
    public var changes = ImportChanges()
    /// Whether identities were sealed, so that the keys can change without a new import.
    public var isSealed = false

    /// An import of nothing.
    public init() {}

    /// Of the accounts that vanished, how many may be those of rows that could not be read.
    public var vanishedPerhapsUnread: Int { min(unplaced, changes.vanished) }

    mutating func count(_ riskClass: RiskClass) {
        accounts[riskClass, default: 0] += 1
    }

    mutating func countReject(_ code: String) {
        rejected += 1
        rejects[code, default: 0] += 1
    }
}

/// Why nothing can be imported at all.
public enum BookImportError: Error, Equatable, Sendable {
    /// The charter names a standard that this version does not have: update, or ask the authority.
    case unknownStandard(String)
    /// The charter names an identifier scheme that this version cannot read.
    case charterScheme
}
