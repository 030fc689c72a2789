/// One account of a debtor, at any institution, as far as its class depends on it.
public struct DebtorAccount: Sendable, Equatable {
    /// Which institution it is at: any number that is the same for all its accounts.
    public var institution: Int
    /// The day for which the institution states the facts.
    public var asOf: CalendarDate
    /// The facts.
    public var facts: LoanFacts
    /// Which part of the institution's book it belongs to.
    public var segment: Segment
    /// The month of opening, where it is known.
    public var opened: YearMonth?
    /// How much of the debtor's debt it is; nil when it is no debt of this debtor, or none any
    /// more: a guarantee for another's debt, a settled account, one that was sold.
    public var debt: DebtAmounts?
    /// The class that the institution itself gives: where that is worse than the rules demand, the
    /// account counts as that bad for the debtor's others. Nil when it gives none.
    public var reported: RiskClass?

    /// Makes an account.
    public init(
        institution: Int, asOf: CalendarDate, facts: LoanFacts, segment: Segment,
        opened: YearMonth? = nil, debt: DebtAmounts?, reported: RiskClass? = nil
    ) {
        self.institution = institution
        self.asOf = asOf
        self.facts = facts
        self.segment = segment
        self.opened = opened
        self.debt = debt
        self.reported = reported
    }
}

/// Why a debtor can't be assessed: the facts of one account can't be.
public struct DebtorError: Error, Equatable, Sendable {
    /// Which account, from 0.
    public let account: Int
    /// What is wrong with its facts.
    public let fault: FactsError
}
