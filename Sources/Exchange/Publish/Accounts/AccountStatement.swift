import Book
import Membership
import RiskStandard

/// What a lender's system states of one account between two imports (protocol/local-api.md, single
/// accounts). It holds an identifier: it is never logged and ends with the request.
public struct AccountStatement: Sendable {
    /// Bytes of the name of a part.
    public static let partBytes = 1...64

    /// Whose book.
    public let member: MemberID
    /// The part of the book; `partBytes` bytes.
    public let part: String
    /// The day for whose end it stands; nil: today in UTC.
    public let asOf: CalendarDate?
    /// The account, as the sender knows it.
    public let reference: AccountReference
    /// The account in the terms of the plain layout.
    public let row: PlainRow
    /// Whether the row says anything of a consent; else those that are known stay.
    public let statesConsent: Bool
    /// The sender's name for this change.
    public let key: IdempotencyKey
    /// The request's bytes: the same key with others is another change.
    public let request: [UInt8]

    /// Makes a statement.
    public init(
        member: MemberID, part: String, asOf: CalendarDate?, reference: AccountReference,
        row: PlainRow, statesConsent: Bool, key: IdempotencyKey, request: [UInt8]
    ) {
        self.member = member
        self.part = part
        self.asOf = asOf
        self.reference = reference
        self.row = row
        self.statesConsent = statesConsent
        self.key = key
        self.request = request
    }
}

/// Why an account was not put; nothing was changed.
public enum AccountRefusal: Error, Equatable, Sendable {
    /// This node does not serve that lender.
    case unknownMember
    /// The reference is not that of member and account number.
    case referenceMismatch
    /// The day is later than today.
    case ofTheFuture
    /// An import would reject the row, by this code of protocol/book.md.
    case rejected(code: String, column: String?)
    /// The key was used for another request.
    case keyReused
    /// The book knows a later day of the account.
    case outdated
    /// A file is being imported; try again.
    case busy
    /// The node's disk is full; try again when somebody has made room.
    case diskFull
    /// The store did not answer, or the charter cannot be used.
    case failed
}
