import Exchange
import Foundation
import GRDB

/// A copy of a database file of ours, the store's or the log's, as of one moment, whether or not a node
/// works on it meanwhile.
public enum DatabaseCopy {
    /// Writes a copy; when this returns, it has reached the disk.
    ///
    /// - Parameters:
    ///   - path: the database.
    ///   - place: where the copy goes, mode 0600; nothing is there yet.
    /// - Throws: `StoreError`; a part of the copy may be left.
    public static func make(of path: String, to place: String) throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: place) else {
            throw .failed(code: Int(EEXIST), message: "there is a file at the copy's place")
        }
        let descriptor = try StoreFile(path: place).openPrivately(place)
        defer { close(descriptor) }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            // One statement reads one state of the database, and what was deleted is not copied.
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "VACUUM INTO ?", arguments: [place])
            }
        } catch {
            throw StoreError(error, path: path)
                ?? .failed(code: 1, message: "the database cannot be copied")
        }
        guard fsync(descriptor) == 0 else {
            throw StoreFile.failure("the copy cannot be written to disk", errno)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(Double(SQLiteStore.busyWait.components.seconds))
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }
}
