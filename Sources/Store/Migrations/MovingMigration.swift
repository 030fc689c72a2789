import GRDB

/// `v8-moving`: which members came from another node, so that a move that is repeated changes nothing.
/// A record of nobody's borrowers: names that every directory has, and counts.
enum MovingMigration {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE arrival (
                    member TEXT NOT NULL PRIMARY KEY
                        CHECK (length(member) BETWEEN 3 AND 40 AND member NOT GLOB '*[^a-z0-9-]*'),
                    name BLOB NOT NULL CHECK (length(name) = 32),
                    source TEXT NOT NULL
                        CHECK (length(source) BETWEEN 3 AND 40 AND source NOT GLOB '*[^a-z0-9-]*'),
                    at INTEGER NOT NULL,
                    taken TEXT NOT NULL CHECK (taken GLOB '{*}' AND length(taken) <= 4096),
                    leftOut TEXT NOT NULL
                        CHECK (leftOut GLOB '{*}' AND length(leftOut) <= 4096)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
