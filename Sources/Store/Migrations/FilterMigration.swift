import GRDB

/// `v1-filters`: filters that this node made, and those of peers that it was told by.
///
/// Bodies are kept once by digest: equal filters (the empty one, say) may be several nodes'.
enum FilterMigration {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE filterBody (
                    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
                    body BLOB NOT NULL
                ) STRICT;

                CREATE TABLE publishedFilter (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    kid TEXT NOT NULL
                        CHECK (length(kid) BETWEEN 1 AND 32 AND kid NOT GLOB '*[^A-Za-z0-9_-]*'),
                    digest BLOB NOT NULL REFERENCES filterBody(digest),
                    tokens INTEGER NOT NULL CHECK (tokens >= 0),
                    generated INTEGER NOT NULL,
                    additions INTEGER NOT NULL CHECK (additions >= 0),
                    removals INTEGER NOT NULL CHECK (removals >= 0),
                    isComplete INTEGER NOT NULL CHECK (isComplete IN (0, 1)),
                    supersededAt INTEGER,
                    UNIQUE (kid, digest)
                ) STRICT;
                CREATE INDEX publishedFilterByDigest ON publishedFilter(digest);

                CREATE TABLE peerFilter (
                    node TEXT NOT NULL
                        CHECK (length(node) BETWEEN 3 AND 40 AND node NOT GLOB '*[^a-z0-9-]*'),
                    kid TEXT NOT NULL
                        CHECK (length(kid) BETWEEN 1 AND 32 AND kid NOT GLOB '*[^A-Za-z0-9_-]*'),
                    digest BLOB NOT NULL REFERENCES filterBody(digest),
                    tokens INTEGER NOT NULL CHECK (tokens >= 0),
                    generated INTEGER NOT NULL,
                    PRIMARY KEY (node, kid, digest)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX peerFilterByDigest ON peerFilter(digest);
                """)
    }
}
