/// A repayment history that lies in several columns of a row.
struct WideHistory: Sendable, Equatable {
    enum End: Sendable, Equatable {
        /// The newest column is the month of the as-of date.
        case asOf
        /// The newest column's month stands in a column of its own.
        case cell(CellRule)
    }

    /// Column names, oldest first.
    let columns: [String]
    let end: End
    let format: CellFormat
    /// Texts with a letter of their own.
    let letters: ValueTable
}

/// The columns of a file with one row per account and period.
struct PeriodLayout: Sendable, Equatable {
    let period: CellRule
    /// Of rows of the same account and period the one with the latest date here is kept, of
    /// equals the last.
    let keepLastBy: CellRule?
}
