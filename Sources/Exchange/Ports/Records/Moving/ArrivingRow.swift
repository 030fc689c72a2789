/// A row as the new node keeps it.
public struct ArrivingRow: Sendable {
    /// The row as it came.
    public let row: MovedRow
    /// What the new node's keys make of its identity.
    public let identity: ArrivingIdentity

    /// Makes a row.
    public init(row: MovedRow, identity: ArrivingIdentity) {
        self.row = row
        self.identity = identity
    }
}

/// Whom or which account a row is about, under the new node's keys.
public enum ArrivingIdentity: Sendable {
    /// Its table has none.
    case none
    /// It has one that does not open: the row and all that hangs on it are left out.
    case unopened
    /// A borrower; `sealed` under the data key of the move.
    case subject(SubjectIdentity, tokens: [SubjectToken], sealed: [UInt8])
    /// An account.
    case account(AccountReference, sealed: [UInt8])
}
