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

extension BookCounts {
    /// Counts a row that is handed out, or that a filter left out when nil.
    mutating func count(_ row: BookRow?) {
        switch row {
        case .record: records += 1
        case .rejected: rejected += 1
        case nil: skipped += 1
        }
    }

    /// Adds other rows.
    mutating func add(_ other: BookCounts) {
        rows += other.rows
        skipped += other.skipped
        superseded += other.superseded
        records += other.records
        rejected += other.rejected
    }

    /// What has been counted since `earlier`.
    func since(_ earlier: BookCounts) -> BookCounts {
        BookCounts(
            rows: rows - earlier.rows, skipped: skipped - earlier.skipped,
            superseded: superseded - earlier.superseded, records: records - earlier.records,
            rejected: rejected - earlier.rejected)
    }
}
