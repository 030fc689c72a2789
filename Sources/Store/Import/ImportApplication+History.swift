import Book
import Exchange
import Foundation
import GRDB
import RiskStandard

extension ImportApplication {
    /// Rewrites how accounts stood on a day before that of the part, and nothing else. What the book
    /// does not hold is passed over.
    func rewritePastDay() throws {
        try db.execute(
            sql: """
                INSERT INTO draft.knownEntry
                SELECT e.id, a.subjectID, a.id, FALSE, FALSE, TRUE, FALSE
                FROM draft.entry e JOIN draft.subject d ON d.id = e.subject
                    JOIN main.subject s ON s.memberID = ? AND s.reference = d.reference
                    JOIN main.account a ON a.subjectID = s.id AND a.reference = e.reference
                WHERE a.partID = ?
                """,
            arguments: [memberID, partID])
        try db.execute(
            sql: "CREATE UNIQUE INDEX draft.knownEntryByAccount ON knownEntry(accountID)")
        let next = try Int.fetchOne(
            db, sql: "SELECT min(asOf) FROM main.partDay WHERE partID = ? AND asOf > ?",
            arguments: [partID, header.asOf.stored])
        let accounts = try Row.fetchCursor(
            db,
            sql: """
                SELECT a.id, a.reference, s.reference
                FROM main.account a JOIN main.subject s ON s.id = a.subjectID
                WHERE a.partID = ?
                """,
            arguments: [partID])
        while let row = try accounts.next() {
            try Task.checkCancellation()
            try rewrite(row, next: next)
        }
    }

    /// The newest states of an account, for `MonthlyHistory`.
    func countHistoryConflicts() throws -> Int {
        let partDays = try StateReader.partDays(of: partID, db)
        let states = try StateReader(db)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT k.accountID, e.history, e.historyEnds
                FROM draft.knownEntry k JOIN draft.entry e ON e.id = k.entry
                WHERE \(Self.isChanged) AND e.history IS NOT NULL
                """)
        var conflicts = 0
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            let changes = try states.changes(of: columns.take())
            let history = try columns.take { try? RepaymentHistory(letters: $0) }
            let ends = try columns.take(YearMonth.init(stored:))
            let known = MonthlyHistory(
                partDays: partDays.filter { $0 < header.asOf },
                changes: changes.filter { $0.from < header.asOf })
            if known.contradicts(StatedHistory(history, ends: ends)) { conflicts += 1 }
        }
        return conflicts
    }
}

extension ImportApplication {
    private static let state = """
        SELECT status, daysPastDue, riskClass, balance, balanceCurrency, isInBadEvent
        FROM main.accountState WHERE accountID = ?1 AND asOf <= ?2 ORDER BY asOf DESC LIMIT 1
        """

    private func rewrite(_ row: Row, next: Int?) throws {
        var columns = ColumnReader(row)
        let id: Int64 = try columns.take()
        let reference = try columns.takeBytes()
        let subject: Data? = try columns.take()
        let standing = try Row.fetchOne(
            db.cachedStatement(sql: Self.state), arguments: [id, header.asOf.stored])
        let stated = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT e.status, e.daysPastDue, e.riskClass, e.balance, e.balanceCurrency,
                        e.isInBadEvent, e.letter
                    FROM draft.knownEntry k JOIN draft.entry e ON e.id = k.entry
                    WHERE k.accountID = ?
                    """),
            arguments: [id])
        let before = standing.map { Array($0.databaseValues) }
        guard stated != nil || before?.first?.isNull == false else { return }
        let now = stated.map { Array($0.databaseValues.prefix(6)) }
        if now != before {
            changes.changed += 1
            if let account = AccountReference(bytes: reference) {
                corrected.append((account, subject))
            }
        } else {
            changes.unchanged += 1
        }
        if let next { try holdOn(id, from: next) }
        try db.cachedStatement(sql: Self.putState).execute(
            arguments: StatementArguments(
                [id, header.asOf.stored]
                    + (stated.map { Array($0.databaseValues) }
                        ?? Array(repeating: .null, count: 7))))
    }

    private static let putState = """
        INSERT OR REPLACE INTO main.accountState (accountID, asOf, status, daysPastDue, riskClass,
            balance, balanceCurrency, isInBadEvent, letter)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// What held until now on the next imported day holds there on its own; an account that was not
    /// in the book before that day is not known on it.
    private func holdOn(_ id: Int64, from next: Int) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO main.accountState
                SELECT ?1, ?2, status, daysPastDue, riskClass, balance, balanceCurrency, NULL,
                    isInBadEvent
                FROM (SELECT 1) LEFT JOIN (
                    SELECT * FROM main.accountState WHERE accountID = ?1 AND asOf <= ?2
                    ORDER BY asOf DESC LIMIT 1)
                """
        ).execute(arguments: [id, next])
    }
}
