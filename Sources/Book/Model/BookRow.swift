/// What a ``BookReader`` makes of the file, one at a time.
public enum BookRow: Sendable, Equatable {
    /// An account. Boxed, because rows are handed on from array to array by the million.
    indirect case record(AccountRecord)
    /// A row that is not one, and why; reading goes on behind it.
    case rejected(RejectedRow)
}
