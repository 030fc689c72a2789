/// An amount of money, exact, in the minor unit of its currency (CNY fen, USD cents, JPY yen).
public struct Money: Sendable, Equatable {
    /// The amount in minor units, e.g. 123456 for 1,234.56 CNY.
    public var minorUnits: Int64
    /// The ISO 4217 alphabetic code: three upper-case ASCII letters.
    public var currency: String

    /// Makes an amount; the caller vouches for the code (``Currency/init(code:)`` checks one).
    public init(minorUnits: Int64, currency: String) {
        self.minorUnits = minorUnits
        self.currency = currency
    }
}
