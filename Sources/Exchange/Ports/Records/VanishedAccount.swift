import Book
import RiskStandard

/// An account that a file no longer has although nothing closed it; by the reference that the
/// lender can compute from its own number (`creditmesh book reference`).
public struct VanishedAccount: Sendable, Equatable {
    /// The account.
    public let reference: AccountReference
    /// The product.
    public let product: String
    /// Month of opening.
    public let openedMonth: YearMonth?
    /// The class it had.
    public let riskClass: RiskClass
    /// The balance it had.
    public let balance: Money?

    /// Makes a record.
    public init(
        reference: AccountReference, product: String, openedMonth: YearMonth?,
        riskClass: RiskClass, balance: Money?
    ) {
        self.reference = reference
        self.product = product
        self.openedMonth = openedMonth
        self.riskClass = riskClass
        self.balance = balance
    }
}
