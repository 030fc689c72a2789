import GRDB

/// The schema of the log's file, as the list of steps that led to it. As for the store, a step that was
/// released is never changed.
enum LogSchema {
    /// Marks the file as ours in SQLite's header: `CrMl`.
    static let applicationID: Int32 = 0x4372_4D6C

    /// All steps, oldest first.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1-log") { try $0.execute(sql: tables) }
        migrator.registerMigration("v2-asking") { db in
            try db.execute(sql: askings)
            try LogFile(db).findAskings()
        }
        return migrator
    }

    /// `v2-asking`: the askings of which the log does not say yet how they ended, so that a node that
    /// starts again finds them without reading the log. What a log without this table has of them is
    /// looked up once.
    private static let askings = """
        CREATE TABLE asking (
            request BLOB PRIMARY KEY CHECK (length(request) = 32),
            entryID INTEGER NOT NULL REFERENCES entry(id)
        ) STRICT, WITHOUT ROWID;
        """

    /// `v1-log`: entries in their order, the tree's tiles as they are served, the checkpoint of the
    /// whole, and beside them what may be deleted: evidence and nonces.
    ///
    /// A tile's number is its level in the bits above 48, and its place among the level's.
    private static let tables = """
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY CHECK (id >= 0),
            content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 65535)
        ) STRICT;

        CREATE TABLE tile (
            id INTEGER PRIMARY KEY CHECK (id >= 0),
            hashes BLOB NOT NULL
                CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0)
        ) STRICT;

        CREATE TABLE checkpoint (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            note BLOB NOT NULL
        ) STRICT;

        CREATE TABLE evidence (
            entryID INTEGER PRIMARY KEY REFERENCES entry(id),
            retainUntil INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE INDEX evidenceByRetainUntil ON evidence(retainUntil);

        CREATE TABLE nonce (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            keepUntil INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 16)
        ) STRICT;
        """
}
