/// What a ``ConsentReader`` makes of a consent file, one line at a time.
public enum ConsentRow: Sendable, Equatable {
    /// A consent.
    case entry(ConsentEntry)
    /// A line that is not one, and why.
    case rejected(RejectedRow)
}
