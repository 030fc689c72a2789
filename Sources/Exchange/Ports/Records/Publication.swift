import Membership
import RiskStandard

/// The lender's statement of what it published: counts and sums, nothing of a single borrower
/// (protocol/statement.md). ``statementBytes`` is what is to be signed and logged.
public struct Publication: Sendable, Equatable {
    /// The consortium under whose charter it was published.
    public let consortium: ConsortiumID
    /// The directory in force.
    public let directoryVersion: Int
    /// The node that serves the member.
    public let node: NodeID
    /// The member.
    public let member: MemberID
    /// When it was published.
    public let publishedAt: Timestamp
    /// The charter's standard.
    public let standard: String
    /// Which accounts are disclosed.
    public let scope: Charter.Scope
    /// The oldest as-of date over its parts.
    public let asOf: CalendarDate
    /// Whether every part that belongs to the book is there, all of one day.
    public let isComplete: Bool
    /// The parts, by name.
    public let parts: [PublishedPart]
    /// Subjects in the filters, and of whom nothing may be disclosed.
    public let subjects: PublishedSubjects
    /// Accounts with arrears of which a display rule hides something.
    public let hiddenAccounts: Int
    /// Counts and balances by class and currency, best class first; every account once, whether or
    /// not it may be disclosed, in the class that its debtor's accounts give together.
    public let totals: [ClassTotal]
    /// The filters that the node's manifest names, oldest first; they hold all its members' tokens.
    public let filters: [ManifestFilter]

    /// Makes a statement.
    public init(
        consortium: ConsortiumID, directoryVersion: Int, node: NodeID, member: MemberID,
        publishedAt: Timestamp, standard: String, scope: Charter.Scope, asOf: CalendarDate,
        isComplete: Bool, parts: [PublishedPart], subjects: PublishedSubjects,
        hiddenAccounts: Int, totals: [ClassTotal], filters: [ManifestFilter]
    ) {
        self.consortium = consortium
        self.directoryVersion = directoryVersion
        self.node = node
        self.member = member
        self.publishedAt = publishedAt
        self.standard = standard
        self.scope = scope
        self.asOf = asOf
        self.isComplete = isComplete
        self.parts = parts
        self.subjects = subjects
        self.hiddenAccounts = hiddenAccounts
        self.totals = totals
        self.filters = filters
    }
}

/// One part of a book as a statement names it.
public struct PublishedPart: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The day whose end it shows; nil: it belongs to the book and was not imported.
    public let asOf: CalendarDate?
    /// Accounts, once for each party.
    public let accounts: Int
    /// Rows that its last import left out, by code.
    public let rejects: [String: Int]

    /// Makes a part.
    public init(name: String, asOf: CalendarDate?, accounts: Int, rejects: [String: Int]) {
        self.name = name
        self.asOf = asOf
        self.accounts = accounts
        self.rejects = rejects
    }
}

/// A member's subjects, and why nothing may be disclosed of some.
public struct PublishedSubjects: Sendable, Equatable {
    /// Subjects in the filters.
    public let count: Int
    /// Of them, those of whom nothing may be disclosed for any purpose now, by the code that a
    /// query gets: `consent-purpose` (there is no consent), `consent-withdrawn`, `consent-expired`,
    /// `consent-not-yet-valid`, `held-back` (arrears without a notice).
    public let withheld: [RefusalCode: Int]

    /// Makes counts.
    public init(count: Int, withheld: [RefusalCode: Int]) {
        self.count = count
        self.withheld = withheld.filter { $0.value > 0 }
    }

    /// All of whom nothing may be disclosed.
    public var undisclosed: Int { withheld.values.reduce(0, +) }
}
