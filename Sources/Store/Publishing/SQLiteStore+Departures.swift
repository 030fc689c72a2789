import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// Lets subjects leave the filters or come back; a page is one write, in which a record is judged
    /// as it stands.
    public func reviewSubjects(
        after id: Int64, limit: Int, scope: Charter.Scope, at now: Timestamp,
        isDisplayed: @escaping @Sendable (HeldRecord) -> Bool
    ) async throws -> ReviewedPage {
        try await write { db in
            let movement = try TokenMovement(db)
            var changed = 0
            if scope == .negativeOnly, id == 0 {
                changed += try Self.leaveClean(at: now, movement, db)
            }
            let reader = try RecordReader(db, at: now)
            let ids = try Int64.fetchAll(
                db, sql: Self.reviewedSQL(scope), arguments: [id, limit])
            for id in ids {
                guard let (record, hasLeft) = try Self.held(id, reader, db) else { continue }
                let concernsOthers = isDisplayed(record)
                guard concernsOthers == hasLeft else { continue }
                changed += 1
                try Self.move(id, back: concernsOthers, at: now, movement, db)
            }
            try movement.save(db)
            return ReviewedPage(last: ids.last, changed: changed)
        }
    }

    /// In a `negative-only` consortium, subjects that have neither an inquiry nor an account that
    /// could show arrears need no look at each of them.
    private static func leaveClean(
        at now: Timestamp, _ movement: TokenMovement, _ db: Database
    ) throws -> Int {
        try db.execute(
            sql: """
                UPDATE subject SET leftAt = ?
                WHERE addition IS NOT NULL AND leftAt IS NULL
                    AND NOT EXISTS (SELECT 1 FROM inquiry WHERE subjectID = subject.id)
                    AND NOT EXISTS (
                        SELECT 1 FROM account WHERE subjectID = subject.id AND \(mayBeNegative))
                """,
            arguments: [now.stored])
        movement.noteRemovals(db.changesCount)
        return db.changesCount
    }

    /// A subject that is in the filters, or left them.
    private static func held(
        _ id: Int64, _ reader: RecordReader, _ db: Database
    ) throws -> (record: HeldRecord, hasLeft: Bool)? {
        let hasLeft = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT leftAt IS NOT NULL FROM subject WHERE id = ? AND addition IS NOT NULL"),
            arguments: [id])
        guard let hasLeft, let record = try reader.record(ofSubject: id) else { return nil }
        return (record, hasLeft)
    }

    private static func move(
        _ id: Int64, back: Bool, at now: Timestamp, _ movement: TokenMovement, _ db: Database
    ) throws {
        if back {
            try db.cachedStatement(
                sql: "UPDATE subject SET leftAt = NULL, addition = ? WHERE id = ?"
            ).execute(arguments: [movement.addition, id])
            movement.noteAddition()
        } else {
            try db.cachedStatement(sql: "UPDATE subject SET leftAt = ? WHERE id = ?")
                .execute(arguments: [now.stored, id])
            movement.noteRemovals(1)
        }
    }
}

extension SQLiteStore {
    /// Whether an account may show arrears: by its class and status, by letters that its lender
    /// states, or by a day on which it was imported. Whether it does is for the exchange to say.
    static let mayBeNegative = """
        (\(isNegativeAccount)
            OR EXISTS (
                SELECT 1 FROM accountState
                WHERE accountState.accountID = account.id AND \(isNegativeState)))
        """

    /// The part of it that the account itself says.
    static let isNegativeAccount = """
        (account.riskClass <> 'normal'
            OR account.status <> 'open' AND account.status <> 'settled'
            OR ifnull(account.history GLOB '*[1-7BDGMZ]*', FALSE))
        """

    /// The part of it that a day says.
    static let isNegativeState = """
        ifnull(accountState.daysPastDue > 0 OR accountState.isInBadEvent, FALSE)
        """

    /// Numbers of subjects that a review looks at, in their order.
    private static func reviewedSQL(_ scope: Charter.Scope) -> String {
        let withdrawn = "SELECT subjectID AS id FROM consent WHERE withdrawnAt IS NOT NULL"
        let left = "SELECT id FROM subject WHERE leftAt IS NOT NULL"
        let negative = "SELECT subjectID AS id FROM account WHERE \(mayBeNegative)"
        let asked = "SELECT subjectID AS id FROM inquiry"
        let sources =
            switch scope {
            case .fullFile: [withdrawn, left]
            case .negativeOnly: [negative, asked]
            }
        return """
            SELECT DISTINCT id FROM (\(sources.joined(separator: " UNION ")))
            WHERE id > ? ORDER BY id LIMIT ?
            """
    }
}
