import Exchange
import GRDB

/// How a database file of ours is opened: the store's, and the log's.
struct DatabaseFile {
    /// Where it lies.
    let path: String
    /// What marks it as ours in SQLite's header.
    let applicationID: Int32
    /// The steps that lead to its schema.
    let migrator: DatabaseMigrator

    /// Opens the file, made anew when it is empty, for readers beside one writer.
    ///
    /// - Throws: `StoreError.newer`, `.damaged` (also for a file that is not ours, which is left
    ///   untouched); what SQLite throws.
    func open(
        label: String, readersMax: Int, pageCacheKiB: Int, pagesMax: Int?
    ) throws -> DatabasePool {
        let isNew = try inspect()
        var configuration = Self.configuration(pageCacheKiB: pageCacheKiB, pagesMax: pagesMax)
        configuration.label = label
        configuration.maximumReaderCount = readersMax
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL, under which a power failure may undo what was committed.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // Marked before it gets a table, so that it is ours wherever the making is cut off.
            if isNew { try db.execute(sql: "PRAGMA application_id = \(applicationID)") }
        }
        try migrator.migrate(pool)
        return pool
    }

    /// Opens one more connection to a file that is open already, for reading alone.
    ///
    /// - Throws: what SQLite throws.
    func openForReading(label: String, pageCacheKiB: Int) throws -> DatabaseQueue {
        var configuration = Self.configuration(pageCacheKiB: pageCacheKiB, pagesMax: nil)
        configuration.label = label
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Refuses a file that is not ours or that a later version wrote, before anything is written.
    /// Returns whether there is nothing in it yet.
    private func inspect() throws -> Bool {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            if application == applicationID {
                let isNewer = try migrator.hasBeenSuperseded(db)
                if isNewer { throw StoreError.newer(path: path) }
                return false
            }
            let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
            guard application == 0, objects == 0 else { throw StoreError.damaged(path: path) }
            return true
        }
    }

    private static func configuration(pageCacheKiB: Int, pagesMax: Int?) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.publicStatementArguments = false
        configuration.busyMode = .timeout(Double(SQLiteStore.busyWait.components.seconds))
        configuration.prepareDatabase { db in
            // A file that was tampered with must not run functions through its schema.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            // What is deleted is overwritten, and what is sorted never reaches a temporary file.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA cache_size = -\(pageCacheKiB)")
            try db.execute(
                sql: "PRAGMA journal_size_limit = \(SQLiteStore.writeAheadLogBytesKept)")
            if let pagesMax { try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)") }
        }
        return configuration
    }
}
