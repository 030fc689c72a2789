import Testing

@testable import TransparencyLog

@Suite("The audit of a whole log")
struct TreeAuditTests {
    /// A served log: bundles and tiles by path, and its head.
    private struct Log {
        var bundles: [String: [UInt8]] = [:]
        var tiles = MemoryTiles()
        var head: TreeHead

        init(size: Int) throws {
            let entries = (0..<size).map { Array("entry \($0)".utf8) }
            var appender = TileAppender()
            tiles.write(try appender.append(entries.map(MerkleHash.leaf)))
            head = appender.head
            for id in EntryBundleID.changed(from: .zero, to: head.size) {
                bundles[id.path] = try EntryBundle(entries: Array(entries[id.entries])).bytes
            }
        }

        /// Runs an audit as a caller does; false when a tile differs.
        func audit(after tree: TileAppender = TileAppender()) throws -> Bool {
            var audit = try TreeAudit(of: head, after: tree)
            var holds = true
            while let next = audit.nextBundle {
                let bytes = try #require(bundles[next.path])
                let bundle = try EntryBundle(bytes: bytes, count: next.width)
                holds = try audit.add(bundle).allSatisfy(isServed) && holds
            }
            return try audit.finish().allSatisfy(isServed) && holds
        }

        private func isServed(_ tile: Tile) -> Bool { tiles.files[tile.id.path] == tile.bytes }
    }

    @Test("accepts a log as it should be", arguments: [0, 1, 255, 256, 257, 600, 1024])
    func good(size: Int) throws {
        #expect(try Log(size: size).audit())
    }

    @Test("finds an entry that was altered, one that was taken out, and a cut tail")
    func alteredEntries() throws {
        let good = try Log(size: 600)
        var altered = good
        altered.bundles["tile/entries/001"]?[10] ^= 1
        #expect(throws: AuditError.root) { try altered.audit() }

        var cut = good
        cut.head = TreeHead(size: try TreeSize(checked: 599), root: good.head.root)
        cut.bundles["tile/entries/002.p/87"] = good.bundles["tile/entries/002.p/88"].map {
            Array($0.dropLast(2 + Array("entry 599".utf8).count))
        }
        #expect(throws: AuditError.root) { try cut.audit() }
    }

    @Test(
        "finds each tile that is not what its entries make",
        arguments: ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"])
    func alteredTiles(path: String) throws {
        var log = try Log(size: 600)
        let last = try #require(log.tiles.files[path]?.indices.last)
        log.tiles.files[path]?[last] ^= 1
        #expect(try !log.audit())
        log.tiles.files[path] = nil
        #expect(try !log.audit())
    }

    @Test("goes on after a part that was audited before")
    func resumed() throws {
        let log = try Log(size: 600)
        var before = TileAppender()
        _ = try before.append((0..<512).map { .leaf(Array("entry \($0)".utf8)) })
        #expect(try log.audit(after: before))
        var other = TileAppender()
        _ = try other.append((0..<512).map { .leaf(Array("other \($0)".utf8)) })
        #expect(throws: AuditError.root) { try log.audit(after: other) }
        _ = try before.append([.leaf([])])
        #expect(throws: AuditError.order) { try TreeAudit(of: log.head, after: before) }
        _ = try before.append((513..<768).map { .leaf(Array("entry \($0)".utf8)) })
        #expect(throws: AuditError.order) { try TreeAudit(of: log.head, after: before) }
    }

    @Test("takes bundles in order only, and ends only at the end")
    func order() throws {
        let log = try Log(size: 257)
        var audit = try TreeAudit(of: log.head)
        let small = try EntryBundle(entries: [[1]])
        #expect(throws: AuditError.order) { try audit.add(small) }
        #expect(throws: AuditError.order) { try audit.finish() }
        let entries = (0..<256).map { Array("entry \($0)".utf8) }
        #expect(try audit.add(EntryBundle(entries: entries)).count == 1)
        #expect(audit.nextBundle?.path == "tile/entries/001.p/1")
        _ = try audit.add(EntryBundle(entries: [Array("entry 256".utf8)]))
        #expect(audit.nextBundle == nil)
        #expect(throws: AuditError.order) { try audit.add(small) }
        #expect(try audit.finish().map(\.id.path) == ["tile/0/001.p/1", "tile/1/000.p/1"])
    }
}
