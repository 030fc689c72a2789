import Book
import Exchange
import GRDB

/// Reads accounts as they stand: with the day that the part gives them, and with the history that
/// the imports made of them.
struct AccountReader {
    private let accounts: Statement
    /// Nil where histories stay as the file stated them.
    private let states: StateReader?
    private let db: Database

    /// - Parameters:
    ///   - columns: further columns of `account`, in front.
    ///   - tables: `account`, or a join with it.
    ///   - condition: which accounts, in which order, at most how many.
    ///   - withHistory: whether their histories are wanted, which costs two look-ups each.
    init(
        _ db: Database, columns: String, from tables: String = "account",
        where condition: String, withHistory: Bool = true
    ) throws {
        self.db = db
        let account = HeldAccount.storedColumns.map { column in
            column == "asOf" ? Self.asOf : column
        }
        accounts = try db.cachedStatement(
            sql: """
                SELECT id, partID, \(account.joined(separator: ", ")), \(columns)
                FROM \(tables) WHERE \(condition)
                """)
        states = withHistory ? try StateReader(db) : nil
    }

    /// Hands over every account, with its further columns.
    func each(
        _ arguments: StatementArguments,
        _ body: (inout ColumnReader, HeldAccount) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(accounts, arguments: arguments)
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            let id: Int64 = try columns.take()
            let part: Int64 = try columns.take()
            var account = try HeldAccount(columns: &columns)
            try addHistory(to: &account, id: id, part: part)
            try body(&columns, account)
        }
    }

    private static let asOf = """
        CASE WHEN followsPart THEN (SELECT part.asOf FROM part WHERE part.id = partID)
            ELSE account.asOf END
        """

    private func addHistory(to account: inout HeldAccount, id: Int64, part: Int64) throws {
        guard let states else { return }
        let days = try StateReader.partDays(of: part, db)
        let known = MonthlyHistory(partDays: days, changes: try states.changes(of: id))
        let stated = account.history.flatMap { history in
            account.historyEnds.map { StatedHistory(history, ends: $0) }
        }
        let letters = known.letters(stated: stated, opened: account.openedMonth)
        account.history = letters?.history
        account.historyEnds = letters?.ends
    }
}
