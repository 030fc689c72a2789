/// A value of a moved row.
public enum MovedValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// A row on its way: nothing in it can be read without the member's rekey key, but what the store
/// itself says of a reference without meaning.
public struct MovedRow: Sendable, Equatable {
    /// The place of its table in the form.
    public let table: Int
    /// One value a column.
    public let values: [MovedValue]
    /// Whom or which account it is about; nil where the table has none, or nothing is sealed.
    public let identity: MovedIdentity?

    /// Makes a row.
    public init(table: Int, values: [MovedValue], identity: MovedIdentity? = nil) {
        self.table = table
        self.values = values
        self.identity = identity
    }
}

/// What is sealed of a borrower or an account, and the reference to which it is bound.
public struct MovedIdentity: Sendable, Equatable {
    /// Under the old node's key, 16 bytes.
    public let reference: [UInt8]
    /// Identifier and names, or the account's number.
    public let sealed: SealedBytes

    /// Makes a record.
    public init(reference: [UInt8], sealed: SealedBytes) {
        self.reference = reference
        self.sealed = sealed
    }
}
