/// How a class came about: every rule of the standard with what it looked at.
public struct Derivation: Sendable, Equatable {
    /// The result.
    public let classification: Classification
    /// One step a rule, in the order of the standard's file.
    public let steps: [DerivationStep]
}

/// One rule in a derivation.
public struct DerivationStep: Sendable, Equatable {
    /// How a rule came out.
    public enum Outcome: String, Sendable {
        /// It sets its floor.
        case applies
        /// It does not.
        case doesNotApply = "does-not-apply"
        /// A fact is unknown on which it depends.
        case unknown
        /// It leaves loans of this segment alone; to another it would apply.
        case watch
        /// It turns on the debtor's other accounts, and the loan was judged without them.
        case notConsidered = "not-considered"
    }

    /// The rule.
    public let rule: Rule
    /// How it came out.
    public let outcome: Outcome
    /// What it looked at, in the order of the file, each once.
    public let inputs: [DerivationInput]
}

/// What a rule looked at.
public enum DerivationInput: Sendable, Equatable {
    /// A fact and its value; nil: absent, which says "not so".
    case fact(LoanFacts.Name, FactValue?)
    /// A dated fact, and the whole months from it to the day of the facts; nil: absent or unknown.
    case months(LoanFacts.Name, FactValue?, Int?)
    /// The same in days.
    case days(LoanFacts.Name, FactValue?, Int?)
    /// The part of the book to which the loan belongs.
    case segment(Segment)
    /// A share of the debtor's debt.
    case share(DerivedShare)
    /// Whether the debtor has another account of a kind.
    case other(DerivedShare.Part, isAtAllInstitutions: Bool, DerivedAnswer)
}

/// What a test of the debtor's accounts gave.
public enum DerivedAnswer: String, Sendable {
    /// It holds.
    case yes
    /// It does not.
    case no
    /// Nobody knows: amounts are bands, or an institution is missing.
    case unknown
    /// The loan was judged by itself.
    case notConsidered = "not-considered"
}

/// A share of a debtor's debt against a threshold.
public struct DerivedShare: Sendable, Equatable {
    /// Which part of the debt.
    public enum Part: Sendable, Equatable {
        /// What is non-performing.
        case nonPerforming
        /// What is overdue more than so many days.
        case overdue(moreThanDays: Int)
        /// What is credit-impaired.
        case creditImpaired
    }

    /// The amounts in one currency, in minor units; nil at the upper end: open above.
    public struct Amounts: Sendable, Equatable {
        /// The currency.
        public let currency: CurrencyCode
        /// What the part is at least.
        public let partAtLeast: Int64
        /// What it is at most.
        public let partAtMost: Int64?
        /// What the rest is at least.
        public let restAtLeast: Int64
        /// What it is at most.
        public let restAtMost: Int64?
    }

    /// Which part.
    public let part: Part
    /// Whether the debts at all institutions count, or those at the loan's own.
    public let isAtAllInstitutions: Bool
    /// The threshold in basis points, which must be exceeded.
    public let overBasisPoints: Int
    /// Whether it is.
    public let isExceeded: DerivedAnswer
    /// The amounts, one entry a currency.
    public let amounts: [Amounts]
}
