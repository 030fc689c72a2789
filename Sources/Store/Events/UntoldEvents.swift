import Book
import Exchange
import GRDB

/// One kind of event: how it is found in the book, marked as being told, and settled.
struct UntoldEvents {
    /// What the entry says.
    let type: LogEntryType
    /// Selects `id`, the member's number and name, and what `read` takes; `:limit` rows in the order of
    /// their coming.
    let select: String
    /// Marks the rows that `select` finds from the number `?1` to `?2` as being told.
    let mark: String
    /// Reads the event of a row of that number.
    let read: @Sendable (Int64, inout ColumnReader) throws -> BookEvent

    /// All kinds, in the order in which they are told: a consent is recorded before it is withdrawn.
    static let all = [recorded, withdrawn, opened, ended]

    private static let recorded = consents(
        .consentRecorded, index: "consentUntold",
        condition: "c.partID IS NOT NULL AND c.told < 2", being: 1)

    private static let withdrawn = consents(
        .consentWithdrawn, index: "consentWithdrawalUntold",
        condition: "c.withdrawnAt IS NOT NULL AND c.told IN (2, 3)", being: 3)

    private static let opened = disputes(
        .disputeOpened, condition: "a.dispute IS NOT NULL", being: "dispute")

    private static let ended = disputes(
        .disputeEnded, condition: "a.dispute IS NULL", being: "'none'")

    private static func consents(
        _ type: LogEntryType, index: String, condition: String, being state: Int
    ) -> UntoldEvents {
        let columns = HeldConsent.storedColumns.map { "c.\($0)" }.joined(separator: ", ")
        return UntoldEvents(
            type: type,
            select: """
                SELECT c.id, m.id, m.name, \(columns)
                FROM consent c INDEXED BY \(index)
                    JOIN subject s ON s.id = c.subjectID JOIN member m ON m.id = s.memberID
                WHERE \(condition) ORDER BY c.id LIMIT ?
                """,
            mark: """
                UPDATE consent AS c INDEXED BY \(index) SET told = \(state)
                WHERE \(condition) AND c.id BETWEEN ?1 AND ?2
                """,
            read: { id, columns in
                var consent = try HeldConsent(columns: &columns)
                consent.number = Int(id)
                return BookEvent(.consent(consent))
            })
    }

    private static func disputes(
        _ type: LogEntryType, condition: String, being: String
    ) -> UntoldEvents {
        UntoldEvents(
            type: type,
            select: """
                SELECT a.id, m.id, m.name, a.dispute, a.reference
                FROM account a INDEXED BY accountDisputeUntold
                    JOIN subject s ON s.id = a.subjectID JOIN member m ON m.id = s.memberID
                WHERE a.dispute IS NOT a.disputeTold AND \(condition) ORDER BY a.id LIMIT ?
                """,
            mark: """
                UPDATE account AS a INDEXED BY accountDisputeUntold SET disputeTelling = \(being)
                WHERE a.dispute IS NOT a.disputeTold AND \(condition) AND a.id BETWEEN ?1 AND ?2
                """,
            read: { _, columns in
                let kind = try columns.takeOptional(DisputeKind.init(rawValue:))
                let account = try columns.takeBytes()
                guard let account = AccountReference(bytes: account) else {
                    throw UnreadableColumn()
                }
                return BookEvent(.dispute(kind, of: account))
            })
    }
}

extension UntoldEvents {
    /// Settles all that is being told, whatever kind it is of.
    static func settle(areLogged: Bool, _ db: Database) throws {
        let bounds = try Row.fetchOne(db, sql: "SELECT firstID, lastID FROM telling")
        guard let bounds else { return }
        let consents = areLogged ? "told + 1" : "told - 1"
        for (index, state) in [("consentUntold", 1), ("consentWithdrawalUntold", 3)] {
            let condition =
                state == 1
                ? "partID IS NOT NULL AND told < 2"
                : "withdrawnAt IS NOT NULL AND told IN (2, 3)"
            // Without the bounds each lot would look at all that are still to be told.
            try db.cachedStatement(
                sql: """
                    UPDATE consent INDEXED BY \(index) SET told = \(consents)
                    WHERE \(condition) AND told = \(state) AND id BETWEEN ? AND ?
                    """
            ).execute(arguments: StatementArguments(bounds.databaseValues))
        }
        let told = areLogged ? "disputeTold = nullif(disputeTelling, 'none')," : ""
        try db.execute(
            sql: """
                UPDATE account INDEXED BY accountDisputeTelling SET \(told) disputeTelling = NULL
                WHERE disputeTelling IS NOT NULL
                """)
    }

    /// Forgets all that a log was told.
    static func tellAllAnew(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM telling;
                UPDATE consent SET told = 0 WHERE told > 0;
                UPDATE account SET disputeTold = NULL, disputeTelling = NULL
                    WHERE disputeTold IS NOT NULL OR disputeTelling IS NOT NULL;
                UPDATE publishedFilter SET logIndex = NULL;
                """)
    }
}
