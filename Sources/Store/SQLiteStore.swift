import Exchange
import GRDB
import Synchronization

/// Everything that a node keeps, in one SQLite file (protocol/store.md).
///
/// One process owns the file: a lock beside it is held from `open(at:)` to `close()`. Readers work
/// beside the one writer (WAL), and a write that returned has reached the disk
/// (`synchronous=FULL`), power failure included.
///
/// Every call throws `StoreError`, or `CancellationError` when its task was cancelled; either way
/// nothing was changed. A call after `close()` fails.
public final class SQLiteStore: Store {
    let pool: DatabasePool
    let tuning: StoreTuning
    /// One import at a time: the next one would compare with a book that this one changes.
    let importing = Mutex(ImportGate())
    private let lookUps: LookUps
    private let lock: StoreLock

    init(pool: DatabasePool, lookUps: LookUps, lock: StoreLock, tuning: StoreTuning) {
        self.pool = pool
        self.lookUps = lookUps
        self.lock = lock
        self.tuning = tuning
    }

    /// Where the database file lies.
    public var path: String { pool.path }

    /// Closes the file and gives up its lock. Waits for running calls; closing twice is harmless.
    /// - Throws: `StoreError.failed`: the file stays open and locked.
    public func close() throws(StoreError) {
        do {
            try lookUps.close()
            // Readers cannot write: were one of them the last to go, the log would stay.
            pool.invalidateReadOnlyConnections()
            try pool.close()
        } catch {
            throw storeError(error)
        }
        lock.release()
    }
}

extension SQLiteStore {
    /// Reads one state of the database: later writes of others are not seen half-way.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    /// Reads one state of the database, where the caller runs: for what takes microseconds.
    func lookUp<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try lookUps.read(body)
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    /// Writes everything or nothing, durably.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    private func storeError(_ error: any Error) -> StoreError {
        StoreError(error, path: path) ?? .failed(code: 1, message: "unexpected error")
    }
}
