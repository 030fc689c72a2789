import GRDB

/// `v1-asking`: what stands behind the consents of queries, and how much of a day's quota peers have
/// used.
enum AskingMigration {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE consentEvidence (
                    memberID INTEGER NOT NULL REFERENCES member(id),
                    reference BLOB NOT NULL CHECK (length(reference) = 16),
                    digest BLOB NOT NULL CHECK (length(digest) = 32),
                    salt BLOB NOT NULL CHECK (length(salt) = 32),
                    at INTEGER NOT NULL,
                    PRIMARY KEY (memberID, reference)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE quota (
                    day INTEGER NOT NULL,
                    node TEXT NOT NULL
                        CHECK (length(node) BETWEEN 3 AND 40 AND node NOT GLOB '*[^a-z0-9-]*'),
                    member TEXT NOT NULL
                        CHECK (length(member) BETWEEN 3 AND 40 AND member NOT GLOB '*[^a-z0-9-]*'),
                    total INTEGER NOT NULL CHECK (total >= 0),
                    PRIMARY KEY (day, node, member)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
