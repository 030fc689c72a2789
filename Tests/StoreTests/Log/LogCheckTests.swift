import Exchange
import Foundation
import GRDB
import Testing
import TransparencyLog

@testable import Store

@Suite("The log's check at its start")
struct LogCheckTests {
    /// A log of 600 entries, closed.
    private func closedLog() async throws -> LogScene {
        let scene = try LogScene()
        let log = try scene.open()
        _ = try await log.append(0..<600)
        try log.close()
        return scene
    }

    @Test("a database brought back from a copy is refused, and left as it is")
    func restored() async throws {
        let scene = try LogScene()
        var log = try scene.open()
        _ = try await log.append(0..<400)
        try log.close()
        let copy = try Data(contentsOf: URL(filePath: scene.path))
        log = try scene.open()
        _ = try await log.append(400..<410)
        try log.close()
        let current = try Data(contentsOf: URL(filePath: scene.path))

        try copy.write(to: URL(filePath: scene.path))
        let (has, promised) = (TreeSize(400) ?? .zero, TreeSize(410) ?? .zero)
        for _ in 0..<2 {
            #expect(throws: LogCheckError.truncated(has: has, promised: promised)) {
                try scene.open()
            }
        }
        try current.write(to: URL(filePath: scene.path))
        log = try scene.open()
        defer { try? log.close() }
        #expect(try await log.audited(keys: scene.keys).count == 410)
    }

    @Test("a lost database is refused")
    func lost() async throws {
        let scene = try await closedLog()
        try FileManager.default.removeItem(atPath: scene.path)
        #expect(
            throws: LogCheckError.truncated(has: .zero, promised: TreeSize(600) ?? .zero)
        ) { try scene.open() }
        // Nor is an empty one left in its place.
        #expect(!FileManager.default.fileExists(atPath: scene.path))
    }

    @Test(
        "a database that was changed is refused",
        arguments: [
            "UPDATE entry SET content = x'7b7d' WHERE id = 599",
            "UPDATE entry SET content = x'7b7d' WHERE id = 512",
            "UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE id = 2",
            "UPDATE tile SET hashes = substr(hashes, 1, length(hashes) - 32) WHERE id = 2",
            "DELETE FROM tile WHERE id = (1 << 48)",
            "UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE id = (1 << 48)",
        ])
    func altered(sql: String) async throws {
        let scene = try await closedLog()
        try scene.withDatabase { try $0.execute(sql: sql) }
        #expect(throws: LogCheckError.altered) { try scene.open() }
    }

    @Test("a database whose end was cut off is refused")
    func cutOff() async throws {
        let scene = try await closedLog()
        try scene.withDatabase { try $0.execute(sql: "DELETE FROM entry WHERE id >= 590") }
        #expect(
            throws: LogCheckError.truncated(
                has: TreeSize(590) ?? .zero, promised: TreeSize(600) ?? .zero)
        ) { try scene.open() }
    }

    @Test("a log made anew with the same key without one entry is refused")
    func rewritten() async throws {
        let scene = try await closedLog()
        let other = try LogScene(signers: scene.signers)
        let log = try other.open()
        for number in 0..<700 where number != 17 {
            _ = try await log.append(LogScene.entry(number), evidence: nil, nonce: nil)
        }
        try log.close()
        try FileManager.default.removeItem(atPath: scene.path)
        try FileManager.default.copyItem(atPath: other.path, toPath: scene.path)
        #expect(throws: LogCheckError.altered) { try scene.open() }
    }

    @Test("an entry that was changed long ago is found by an audit")
    func alteredLongAgo() async throws {
        let scene = try await closedLog()
        try scene.withDatabase {
            try $0.execute(sql: "UPDATE entry SET content = x'7b7d' WHERE id = 3")
        }
        let log = try scene.open()
        defer { try? log.close() }
        await #expect(throws: (any Error).self) { try await log.audited(keys: scene.keys) }
    }

    @Test("a record whose last writing was cut off counts as the one before", arguments: [0, 1])
    func tornRecord(slot: Int) async throws {
        let scene = try await closedLog()
        var log = try scene.open()
        for number in 0...slot {
            _ = try await log.append(LogScene.entry(600 + number), evidence: nil, nonce: nil)
        }
        try log.close()
        try scene.overwriteRecord(at: UInt64(slot * PromiseRecord.slotBytes + 40))
        log = try scene.open()
        defer { try? log.close() }
        #expect(try await log.audited(keys: scene.keys).count == 601 + slot)
    }

    @Test("a record that cannot be read, or is gone, is told")
    func record() async throws {
        let scene = try await closedLog()
        for slot in 0..<2 {
            try scene.overwriteRecord(at: UInt64(slot * PromiseRecord.slotBytes + 40))
        }
        #expect(throws: LogCheckError.recordUnreadable(path: scene.record)) { try scene.open() }
        try FileManager.default.removeItem(atPath: scene.record)
        #expect(throws: LogCheckError.recordMissing(path: scene.record)) { try scene.open() }
        #expect(!FileManager.default.fileExists(atPath: scene.record))
    }

    @Test("a record of another key is refused")
    func otherKey() async throws {
        let scene = try await closedLog()
        let other = try LogScene.signer("another key")
        #expect(throws: LogCheckError.recordUnreadable(path: scene.record)) {
            try SQLiteLog.open(
                at: scene.path, record: scene.record, node: Samples.node, signers: [other],
                clock: scene.clock)
        }
        // While one key takes over both sign, and the old one's record is known.
        let log = try SQLiteLog.open(
            at: scene.path, record: scene.record, node: Samples.node,
            signers: [other] + scene.signers, clock: scene.clock)
        try log.close()
    }

    @Test("a file that is no log is left alone, and one process owns a log")
    func otherFiles() async throws {
        let scene = try LogScene()
        let store = try SQLiteStore.open(at: scene.path)
        try store.close()
        #expect(throws: LogCheckError.store(.damaged(path: scene.path))) { try scene.open() }
        let owned = try LogScene()
        let log = try owned.open()
        defer { try? log.close() }
        #expect(throws: LogCheckError.store(.inUse(path: owned.path))) { try owned.open() }
    }

    @Test("files are for their owner alone")
    func modes() async throws {
        let scene = try await closedLog()
        for path in [scene.path, scene.record] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test("holds nothing in columns but what the log's page names")
    func columns() async throws {
        let scene = try await closedLog()
        let columns = try scene.withDatabase { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT m.name || ': ' || group_concat(c.name, ' ')
                    FROM sqlite_schema m, pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
                    GROUP BY m.name ORDER BY m.name
                    """)
        }
        #expect(
            columns == [
                "asking: request entryID", "checkpoint: id note", "entry: id content",
                "evidence: entryID retainUntil content", "grdb_migrations: identifier",
                "nonce: id keepUntil digest", "tile: id hashes",
            ])
    }
}
