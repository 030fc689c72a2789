import Exchange
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Opening a store")
struct OpeningTests {
    @Test("makes files that only their owner can touch, in a folder of its own")
    func privacy() throws {
        let outer = try TemporaryStore()
        let folder = outer.folder.appendingPathComponent("home").path
        let store = try SQLiteStore.open(at: folder + "/node.sqlite")
        defer { try? store.close() }
        #expect(try mode(folder) == 0o700)
        for file in ["node.sqlite", "node.sqlite-wal", "node.sqlite-shm", "node.sqlite.lock"] {
            #expect(try mode("\(folder)/\(file)") == 0o600, "\(file)")
        }
    }

    @Test("takes rights away from a file that others could read")
    func tightens() throws {
        let temporary = try TemporaryStore()
        try temporary.open().close()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: temporary.path)
        try temporary.open().close()
        #expect(try mode(temporary.path) == 0o600)
    }

    @Test("refuses a folder that others may enter", arguments: [0o755, 0o710, 0o701])
    func exposed(mode: Int) throws {
        let temporary = try TemporaryStore()
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: temporary.folder.path)
        #expect(throws: StoreError.exposed(folder: temporary.folder.path)) {
            try temporary.open()
        }
        #expect(!FileManager.default.fileExists(atPath: temporary.path))
    }

    @Test("refuses a database file that is a symbolic link")
    func symbolicLink() throws {
        let temporary = try TemporaryStore()
        let target = temporary.folder.appendingPathComponent("elsewhere").path
        try FileManager.default.createSymbolicLink(
            atPath: temporary.path, withDestinationPath: target)
        let error = #expect(throws: StoreError.self) { try temporary.open() }
        guard case .failed(code: 14, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("refuses a path whose parent folder is missing")
    func noParent() throws {
        let temporary = try TemporaryStore()
        #expect(throws: StoreError.self) {
            try SQLiteStore.open(at: temporary.folder.path + "/a/b/node.sqlite")
        }
    }

    @Test("has one owner at a time")
    func oneOwner() async throws {
        let temporary = try TemporaryStore()
        let first = try temporary.open()
        #expect(throws: StoreError.inUse(path: temporary.path)) { try temporary.open() }
        _ = try await first.tokenPosition()
        try first.close()
        try temporary.open().close()
    }

    @Test("is not kept locked by a failed opening")
    func failedOpening() throws {
        let temporary = try TemporaryStore()
        try Data("no database".utf8).write(to: URL(fileURLWithPath: temporary.path))
        for _ in 0..<2 {
            #expect(throws: StoreError.damaged(path: temporary.path)) { try temporary.open() }
        }
        try FileManager.default.removeItem(atPath: temporary.path)
        try temporary.open().close()
    }

    @Test("gives its lock up when it is dropped without being closed")
    func dropped() throws {
        let temporary = try TemporaryStore()
        _ = try temporary.open()
        try temporary.open().close()
    }

    @Test("refuses calls after it was closed, and closes twice without harm")
    func closed() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try store.close()
        try store.close()
        await #expect(throws: StoreError.self) { try await store.tokenPosition() }
        #expect(throws: StoreError.self) { try store.importBook([Samples.entry(1)]) }
    }

    @Test("refuses a file that a later version wrote, and leaves it as it is")
    func newer() throws {
        let temporary = try TemporaryStore()
        try temporary.open().close()
        try temporary.withDatabase { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99-later')")
        }
        let before = try temporary.bytes()
        #expect(throws: StoreError.newer(path: temporary.path)) { try temporary.open() }
        #expect(try temporary.bytes() == before)
    }

    @Test("refuses another program's database, and leaves it as it is")
    func foreign() throws {
        let temporary = try TemporaryStore()
        try temporary.withDatabase { db in
            try db.execute(sql: "CREATE TABLE recipe (id INTEGER PRIMARY KEY)")
        }
        let before = try temporary.bytes()
        #expect(throws: StoreError.damaged(path: temporary.path)) { try temporary.open() }
        #expect(try temporary.bytes() == before)
    }

    @Test("refuses another program's empty database by its mark")
    func foreignMark() throws {
        let temporary = try TemporaryStore()
        try temporary.withDatabase { db in try db.execute(sql: "PRAGMA application_id = 7") }
        #expect(throws: StoreError.damaged(path: temporary.path)) { try temporary.open() }
    }

    @Test("says that a file is damaged")
    func damaged() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try store.importBook((0..<2000).map { Samples.entry($0) })
        try store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: temporary.path))
        let size = try file.seekToEnd()
        for page in 2..<size / 4096 {
            try file.seek(toOffset: page * 4096)
            try file.write(contentsOf: Data(repeating: 0xEE, count: 4096))
        }
        try file.close()
        let error = await #expect(throws: StoreError.self) {
            let store = try temporary.open()
            defer { try? store.close() }
            _ = try await store.books(at: Samples.now)
        }
        #expect(error == .damaged(path: temporary.path))
    }

    @Test("waits for the disk at every commit, and keeps what it deletes from lying around")
    func settings() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        let pragmas = [
            "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0",
            "secure_delete": "1", "temp_store": "2", "application_id": "1131564392",
        ]
        for (pragma, expected) in pragmas {
            let value = try await store.pool.write { db in
                try Row.fetchOne(db, sql: "PRAGMA \(pragma)")?[0] as DatabaseValue?
            }
            #expect(value.map { "\($0)".replacing("\"", with: "") } == expected, "\(pragma)")
        }
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }
}
