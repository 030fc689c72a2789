import RiskStandard

/// What is in a lender's file, counted: the answer of `creditmesh book check`. Holds no text of a
/// borrower or account; the lender's own classes and the columns' names are its words.
public struct BookSurvey: Sendable, Equatable {
    /// Where something was found.
    public struct Place: Sendable, Equatable {
        /// The line, counted from 1.
        public let line: Int
        /// The column, where one is at fault.
        public let column: String?
    }

    /// Rejects of one code.
    public struct RejectGroup: Sendable, Equatable {
        /// How many.
        public internal(set) var count = 0
        /// The first places, at most ``BookLimits/surveyPlacesMax``.
        public internal(set) var places: [Place] = []
    }

    /// Accounts of one of the lender's classes and one of the standard's.
    public struct ClassPair: Sendable, Hashable {
        /// The lender's own class as written; nil where the file states none, and for those beyond
        /// ``BookLimits/surveyOwnClassesMax`` different ones.
        public let own: String?
        /// The standard's.
        public let riskClass: RiskClass

        /// Names a pair.
        public init(own: String?, riskClass: RiskClass) {
            self.own = own
            self.riskClass = riskClass
        }
    }

    /// How many accounts, and what is outstanding on them.
    public struct Sum: Sendable, Equatable {
        /// Accounts.
        public internal(set) var count = 0
        /// Balances in minor units by currency; accounts without a balance add none.
        public internal(set) var balances: [String: Int128] = [:]
    }

    /// A row whose own class is better than the standard allows.
    public struct TooGood: Sendable, Equatable {
        /// The line, counted from 1.
        public let line: Int
        /// The lender's own class in the standard's terms.
        public let own: RiskClass
        /// The standard's class.
        public let riskClass: RiskClass
        /// The rule that demands it.
        public let rule: RuleID
    }

    /// Rows, records and what was left out.
    public internal(set) var counts = BookCounts()
    /// Rejects by code, those that the identifiers' and the standard's rules make too.
    public internal(set) var rejects: [String: RejectGroup] = [:]
    /// Accounts by own and standard class.
    public internal(set) var classes: [ClassPair: Sum] = [:]
    /// Rows whose class can only be "at least" what it says, as a fact is not known.
    public internal(set) var atLeast = 0
    /// Rows that are better than the standard allows.
    public internal(set) var tooGoodCount = 0
    /// The first of them, at most ``BookLimits/surveyPlacesMax``.
    public internal(set) var tooGood: [TooGood] = []
    /// Identifiers and account numbers that a spreadsheet destroyed.
    public internal(set) var damage = DamageCount()
    /// Whether all accounts were looked through for doubles: no more than
    /// ``BookLimits/surveyAccountsMax`` are remembered.
    public internal(set) var sawAllDoubles = true

    /// Accounts taken.
    public var accounts: Int { classes.values.reduce(0) { $0 + $1.count } }

    /// All rejects.
    public var rejected: Int { rejects.values.reduce(0) { $0 + $1.count } }

    mutating func reject(_ code: String, line: Int, column: String?) {
        rejects[code, default: RejectGroup()].add(Place(line: line, column: column))
    }
}

extension BookSurvey.RejectGroup {
    mutating func add(_ place: BookSurvey.Place) {
        count += 1
        if places.count < BookLimits.surveyPlacesMax { places.append(place) }
    }
}

extension BookSurvey.Sum {
    mutating func add(_ money: Money?) {
        count += 1
        if let money { balances[money.currency, default: 0] += Int128(money.minorUnits) }
    }

    mutating func add(_ other: BookSurvey.Sum) {
        count += other.count
        balances.merge(other.balances, uniquingKeysWith: +)
    }
}
