import Book

/// What becomes of a row of a file.
enum RowOutcome: Sendable {
    /// The book has it, as its line says; the row was not read.
    case standing(StandingLine, line: Int)
    /// It can be taken.
    case prepared(PreparedRow)
    /// It is left out; `account` is nil where its number cannot be read.
    case rejected(RejectedRow, account: AccountReference?)
}

/// A row that goes into the draft.
struct WantedRow: Sendable {
    let row: PreparedRow
    /// Whether the store holds its identity sealed, and needs it no second time.
    let isSealed: Bool
}
