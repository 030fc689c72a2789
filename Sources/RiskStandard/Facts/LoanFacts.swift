/// What a class is derived from: the facts of one loan, a closed list.
///
/// A value of this type may hold anything; ``check(asOf:opened:)`` refuses what can't be, and a
/// standard does so before it classifies. No fact identifies a person. What each one means to the
/// letter stands in protocol/standards/README.md.
public struct LoanFacts: Sendable, Equatable {
    /// The most days past due that are taken: a hundred years.
    public static let daysPastDueMax = 36_500
    /// The whole book balance in basis points.
    public static let expectedLossMax = 10_000
    /// The most periods paid that are taken: a hundred years of months.
    public static let periodsPaidMax = 1_200
    /// The most months between two payments that are taken: ten years.
    public static let paymentPeriodMonthsMax = 120

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

    /// The day on which terms were last eased, or the loan refinanced, for a debtor in financial
    /// difficulty. Absent: not restructured, or its observation is over.
    public var restructuredOn: Fact<CalendarDate> = .absent
    /// Whether that was a further restructuring while an earlier one was under observation.
    public var restructuredAgain: Fact<Bool> = .absent
    /// The first payment date after the latest change: the observation counts from it.
    public var firstPaymentOn: Fact<CalendarDate> = .absent
    /// The latest day under observation on which a payment was missed or a test of a
    /// non-performing class met: the observation counts from it anew.
    public var observationRestartedOn: Fact<CalendarDate> = .absent
    /// Whether the financial difficulty is judged to be over.
    public var difficultyOver: Fact<Bool> = .absent

    /// Whether the loan was non-performing when it was last classed, and has not risen since.
    public var wasNonPerforming: Fact<Bool> = .absent
    /// The day on which all arrears were paid.
    public var arrearsClearedOn: Fact<CalendarDate> = .absent
    /// Consecutive periods paid in full and on time up to now, counted from the day on which arrears
    /// were cleared or the observation began, whichever is later; 0…``periodsPaidMax``.
    public var periodsPaid: Fact<Int> = .absent
    /// Months between two payments, 1…``paymentPeriodMonthsMax``. Decides nothing: periods that
    /// can't have passed yet are seen by it.
    public var paymentPeriodMonths: Fact<Int> = .absent
    /// Whether the debtor is judged able to keep performing.
    public var ableToPerform: Fact<Bool> = .absent
    /// Whether the debtor has another credit-impaired asset at this lender.
    public var otherImpairedAsset: Fact<Bool> = .absent
    /// Whether a recognised credit enhancement secures the loan.
    public var creditEnhancement: Fact<Bool> = .absent

    /// The day since which the loan has been non-performing.
    public var nonPerformingOn: Fact<CalendarDate> = .absent
    /// The day on which the lender learnt of the debtor's bankruptcy.
    public var bankruptcyNoticedOn: Fact<CalendarDate> = .absent
    /// Whether the credit is open-end: it may be drawn again after repayment.
    public var openEnd: Fact<Bool> = .absent
    /// Whether the debtor is judged unlikely to pay in full without recourse to collateral.
    public var unlikelyToPay: Fact<Bool> = .absent
    /// Consecutive days on which the amount past due was material, 0…``daysPastDueMax``.
    public var materialDaysPastDue: Fact<Int> = .absent

    /// The facts of a loan of which nothing is to be said: every fact absent.
    public init() {}
}
