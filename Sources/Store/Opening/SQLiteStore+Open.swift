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
        ProcessMemory.useFewHeaps()
        let file = StoreFile(path: path)
        try file.prepareFolder()
        let lock = try StoreLock(file)
        try file.prepareDatabase()
        // A crash left it; whatever was in it was never part of the book.
        DraftFile(ofStoreAt: path).remove()
        do {
            let file = DatabaseFile(
                path: path, applicationID: StoreSchema.applicationID,
                migrator: StoreSchema.migrator)
            let pool = try file.open(
                label: "creditmesh.store", readersMax: readersMax,
                pageCacheKiB: tuning.pageCacheKiB,
                pagesMax: tuning.pagesMax)
            let lookUps = try LookUps(file, pageCacheKiB: tuning.pageCacheKiB)
            return SQLiteStore(pool: pool, lookUps: lookUps, lock: lock, tuning: tuning)
        } catch {
            lock.release()
            throw StoreError(error, path: path)
                ?? .failed(code: 1, message: "the store cannot be opened")
        }
    }
}
