import GRDB

/// `v7-leaving`: which members left, and what was deleted of them. A record of nobody's borrowers: the
/// member's name, which every directory has, and counts.
enum LeavingMigration {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE departure (
                    member TEXT NOT NULL PRIMARY KEY
                        CHECK (length(member) BETWEEN 3 AND 40 AND member NOT GLOB '*[^a-z0-9-]*'),
                    at INTEGER NOT NULL,
                    logSize INTEGER NOT NULL CHECK (logSize >= 0),
                    deleted TEXT NOT NULL CHECK (deleted GLOB '{*}' AND length(deleted) <= 4096)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
