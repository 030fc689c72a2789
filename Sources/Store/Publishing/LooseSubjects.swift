import Exchange
import GRDB

/// Takes subjects that hold nothing any more out of the filters, within one write.
enum LooseSubjects {
    /// Of these subjects, those without account and inquiry leave the filters, and everything of them
    /// is deleted but a consent that was withdrawn: no import may revive it.
    static func remove(
        _ ids: Set<Int64>, movement: TokenMovement, _ db: Database
    ) throws {
        for id in ids where try !holdsSomething(id, db) {
            try db.cachedStatement(
                sql: """
                    UPDATE subject SET addition = NULL, leftAt = NULL
                    WHERE id = ? AND addition IS NOT NULL
                    """
            ).execute(arguments: [id])
            movement.noteRemovals(db.changesCount)
            try db.cachedStatement(
                sql: "DELETE FROM consent WHERE subjectID = ? AND withdrawnAt IS NULL"
            ).execute(arguments: [id])
            try db.cachedStatement(
                sql: """
                    DELETE FROM subject WHERE id = ?1
                        AND NOT EXISTS (SELECT 1 FROM consent WHERE subjectID = ?1)
                    """
            ).execute(arguments: [id])
        }
    }

    private static func holdsSomething(_ id: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM account WHERE subjectID = ?1)
                        OR EXISTS (SELECT 1 FROM inquiry WHERE subjectID = ?1)
                    """),
            arguments: [id]) ?? false
    }
}
