import Book
import Membership
import RiskStandard

/// A member's book as a whole.
public struct BookState: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// The oldest as-of date over its parts.
    public let asOf: CalendarDate
    /// Subjects with an account or an inquiry.
    public let subjects: Int
    /// Of them, those without any consent that holds now.
    public let undisclosed: Int
    /// Accounts, once for each subject that is a party.
    public let accounts: Int

    /// Makes a state.
    public init(
        member: MemberID, asOf: CalendarDate, subjects: Int, undisclosed: Int, accounts: Int
    ) {
        self.member = member
        self.asOf = asOf
        self.subjects = subjects
        self.undisclosed = undisclosed
        self.accounts = accounts
    }
}

/// Accounts and balances of one class in one currency; an account counts once, however many
/// subjects are parties to it.
public struct ClassTotal: Sendable, Equatable {
    /// The class.
    public let riskClass: RiskClass
    /// ISO 4217 code; nil for accounts that carry no balance.
    public let currency: String?
    /// How many accounts.
    public let accounts: Int
    /// Sum of their balances in minor units.
    public let balance: Int64

    /// Makes a total.
    public init(riskClass: RiskClass, currency: String?, accounts: Int, balance: Int64) {
        self.riskClass = riskClass
        self.currency = currency
        self.accounts = accounts
        self.balance = balance
    }
}
