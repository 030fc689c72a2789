/// How much of a debtor's debt one account is.
public struct DebtAmounts: Sendable, Equatable {
    /// The currency of both amounts.
    public var currency: CurrencyCode
    /// The least and the most that the balance may be, in minor units; equal when it is exact.
    /// `Int64.max` at the upper end: open above.
    public var balance: ClosedRange<Int64>
    /// The same of the amount past due.
    public var overdue: ClosedRange<Int64>

    /// An amount of which nothing is known.
    public static var unknown: ClosedRange<Int64> { 0...Int64.max }

    /// Makes amounts. What lies below zero is the lender's debt, not the debtor's, and counts as
    /// zero.
    public init(
        currency: CurrencyCode, balance: ClosedRange<Int64>, overdue: ClosedRange<Int64> = unknown
    ) {
        self.currency = currency
        self.balance = max(0, balance.lowerBound)...max(0, balance.upperBound)
        self.overdue = max(0, overdue.lowerBound)...max(0, overdue.upperBound)
    }
}
