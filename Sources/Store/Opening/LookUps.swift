import GRDB

/// A connection for short reads alone, apart from the pool's readers: what every query of a peer looks
/// up neither waits for an export that has all of those, nor goes to another thread, which costs more
/// than the look-up itself.
struct LookUps: Sendable {
    private let connection: DatabaseQueue

    /// Opens one more connection to a file that is open already.
    ///
    /// - Throws: what SQLite throws.
    init(_ file: DatabaseFile, pageCacheKiB: Int) throws {
        connection = try file.openForReading(
            label: "creditmesh.look-up", pageCacheKiB: pageCacheKiB)
    }

    /// Reads one state of the database where its caller runs, one after the other: what is read here
    /// takes microseconds.
    ///
    /// - Throws: what SQLite and `body` throw.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try connection.unsafeRead { db in
            // Prepared once, other than those of a transaction that the library opens.
            try db.cachedStatement(sql: "BEGIN DEFERRED").execute()
            do {
                let value = try body(db)
                try db.cachedStatement(sql: "COMMIT").execute()
                return value
            } catch {
                try? db.cachedStatement(sql: "ROLLBACK").execute()
                throw error
            }
        }
    }

    /// Closes the connection; later reads fail.
    func close() throws { try connection.close() }
}
