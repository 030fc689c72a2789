import Book

/// How an account stood on two days; nil where it did not stand in the book, or it is not known how.
public struct AccountMovement: Sendable, Equatable {
    /// The account.
    public let reference: AccountReference
    /// The lender's product.
    public let product: String
    /// On the earlier day.
    public let before: AccountState?
    /// On the later day.
    public let after: AccountState?

    /// Makes a movement.
    public init(
        reference: AccountReference, product: String, before: AccountState?, after: AccountState?
    ) {
        self.reference = reference
        self.product = product
        self.before = before
        self.after = after
    }
}
