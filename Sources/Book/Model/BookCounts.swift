/// How many rows went which way, so that what is missing is seen.
public struct BookCounts: Sendable, Equatable {
    /// Rows below the header, blank lines left out.
    public var rows = 0
    /// Rows that the mapping's filters left out.
    public var skipped = 0
    /// Rows of a period that a later row of the same account and period replaced.
    public var superseded = 0
    /// Accounts handed out.
    public var records = 0
    /// Rejects handed out.
    public var rejected = 0
}
