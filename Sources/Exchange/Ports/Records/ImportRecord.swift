import Book

/// An import that took place: a line of the book's own journal.
public struct ImportRecord: Sendable, Equatable {
    /// Grows from import to import.
    public let id: Int64
    /// Its header; `sealedKey` and `statesConsents` are left out.
    public let header: BookHeader
    /// Rows read, skipped ones included.
    public let rows: Int
    /// Rows left out, by code.
    public let rejects: [String: Int]
    /// Accounts that were new.
    public let new: Int
    /// Accounts of which it said something else than the book.
    public let changed: Int
    /// Accounts that vanished.
    public let vanished: Int

    /// Makes a record.
    public init(
        id: Int64, header: BookHeader, rows: Int, rejects: [String: Int], new: Int, changed: Int,
        vanished: Int
    ) {
        self.id = id
        self.header = header
        self.rows = rows
        self.rejects = rejects
        self.new = new
        self.changed = changed
        self.vanished = vanished
    }
}
