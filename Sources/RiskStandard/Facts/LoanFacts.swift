/// What a class is derived from: the facts of one loan, a closed list.
///
/// A value of this type may hold anything; ``check()`` refuses what can't be, and a standard does
/// so before it classifies. No fact identifies a person.
public struct LoanFacts: Sendable, Equatable {
    /// The most days past due that are taken: a hundred years.
    public static let daysPastDueMax = 36_500
    /// The whole book balance in basis points.
    public static let expectedLossMax = 10_000

    /// Days since the oldest unpaid due date, 0…``daysPastDueMax``; the day after it is day 1.
    public var daysPastDue: Fact<Int> = .absent
    /// Whether the delay has a documented technical or operational cause.
    public var technicalCause: Fact<Bool> = .absent
    /// Whether the money was used for something else without the lender's consent.
    public var fundsDiverted: Fact<Bool> = .absent
    /// Whether the loan is repaid by new borrowing.
    public var repaidByNewBorrowing: Fact<Bool> = .absent
    /// Whether that new borrowing is a qualifying renewal of a small or micro business.
    public var qualifyingRenewal: Fact<Bool> = .absent
    /// Whether an external rating was cut so sharply that ability to perform fell significantly.
    public var ratingSlump: Fact<Bool> = .absent
    /// Whether the loan is credit-impaired under the accounting standard.
    public var creditImpaired: Fact<Bool> = .absent
    /// Whether the debtor evades the debt.
    public var evadingDebt: Fact<Bool> = .absent
    /// Whether the debtor is in bankruptcy liquidation.
    public var liquidation: Fact<Bool> = .absent
    /// Expected loss of a credit-impaired loan, in basis points of its book balance,
    /// 0…``expectedLossMax`` (4999 is 49.99 %).
    public var expectedLossBasisPoints: Fact<Int> = .absent

    /// The facts of a loan of which nothing is to be said: every fact absent.
    public init() {}
}
