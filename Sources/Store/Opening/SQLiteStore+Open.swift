import Exchange
import GRDB

extension SQLiteStore {
    /// Opens the store of a node, made anew when there is none, and owns it until `close()`.
    ///
    /// - Parameter path: the database file; its folder has mode 0700 and is made when missing (its
    ///   parent is not).
    /// - Throws: `inUse`, `exposed`, `newer`, `damaged` (also a file that is no store of ours, which
    ///   is left untouched), `diskFull`, `failed`.
    public static func open(at path: String) throws(StoreError) -> SQLiteStore {
        try open(at: path, tuning: StoreTuning())
    }

    /// As `open(at:)`, tuned for a test.
    package static func open(
        at path: String, tuning: StoreTuning
    ) throws(StoreError) -> SQLiteStore {
        let file = StoreFile(path: path)
        try file.prepareFolder()
        let lock = try StoreLock(file)
        try file.prepareDatabase()
        // A crash left it; whatever was in it was never part of the book.
        DraftFile(ofStoreAt: path).remove()
        do {
            let isNew = try inspect(path)
            let pool = try DatabasePool(path: path, configuration: configuration(tuning))
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL, under which a power failure may undo what was committed.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // Marked before it gets a table, so that it is ours wherever the making is cut off.
                if isNew {
                    try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
                }
            }
            try StoreSchema.migrator.migrate(pool)
            return SQLiteStore(pool: pool, lock: lock, tuning: tuning)
        } catch {
            lock.release()
            throw StoreError(error, path: path)
                ?? .failed(code: 1, message: "the store cannot be opened")
        }
    }

    /// Refuses a file that is not ours or that a later version wrote, before anything is written.
    /// Returns whether there is nothing in it yet.
    private static func inspect(_ path: String) throws -> Bool {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            if application == StoreSchema.applicationID {
                let isNewer = try StoreSchema.migrator.hasBeenSuperseded(db)
                if isNewer { throw StoreError.newer(path: path) }
                return false
            }
            let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
            guard application == 0, objects == 0 else { throw StoreError.damaged(path: path) }
            return true
        }
    }

    private static func configuration(_ tuning: StoreTuning) -> Configuration {
        var configuration = Configuration()
        configuration.label = "creditmesh.store"
        configuration.foreignKeysEnabled = true
        configuration.publicStatementArguments = false
        configuration.maximumReaderCount = readersMax
        configuration.busyMode = .timeout(Double(busyWait.components.seconds))
        configuration.prepareDatabase { db in
            // A file that was tampered with must not run functions through its schema.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            // What is deleted is overwritten, and what is sorted never reaches a temporary file.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA cache_size = -\(tuning.pageCacheKiB)")
            try db.execute(sql: "PRAGMA journal_size_limit = \(writeAheadLogBytesKept)")
            if let pagesMax = tuning.pagesMax {
                try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)")
            }
        }
        return configuration
    }
}
