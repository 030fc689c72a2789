import Exchange
import Foundation
import GRDB

@testable import Store

/// A folder of its own for one test's store, removed when the test lets go of it.
final class TemporaryStore {
    let folder: URL
    var path: String { folder.appendingPathComponent("node.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("store-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func open(_ tuning: StoreTuning = StoreTuning()) throws -> SQLiteStore {
        try SQLiteStore.open(at: path, tuning: tuning)
    }

    /// What a crash of the process at this moment leaves: the database, its write-ahead log and the
    /// draft of an import as they are now, without the shared memory. That a commit also waits for the disk, which no test on a
    /// running machine can see, is `synchronous=FULL` ("waits for the disk at every commit").
    func crashed() throws -> TemporaryStore {
        let copy = try TemporaryStore()
        for suffix in ["", "-wal", "-draft"]
        where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy.path + suffix)
        }
        return copy
    }

    /// Runs SQL on the file itself, past the store, which must be closed.
    func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    /// Every byte of the database and its write-ahead log.
    func bytes() throws -> Data {
        var all = Data()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            all += try Data(contentsOf: URL(fileURLWithPath: path + suffix))
        }
        return all
    }
}
