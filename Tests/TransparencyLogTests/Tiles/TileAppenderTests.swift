import Testing

@testable import TransparencyLog

@Suite("A tree that grows, in tiles")
struct TileAppenderTests {
    private let tree = NaiveTree(size: 1400)

    /// What the specification says that a tile holds: MTH over 256^level entries each.
    private func defined(_ id: TileID) -> [MerkleHash] {
        (0..<id.width).map { place in
            let span = 1 << (8 * id.level)
            let first = (id.index * 256 + place) * span
            return tree.root(first..<first + span)
        }
    }

    @Test(
        "every tile it names holds what the specification says, whatever the batches",
        arguments: [1, 2, 3, 4, 5])
    func batches(seed: UInt64) throws {
        var random = RepeatableRandom(seed: seed)
        var appender = TileAppender()
        var named: [TileID: Tile] = [:]
        while appender.size.value < tree.leaves.count {
            let start = appender.size.value
            let end = min(tree.leaves.count, start + Int.random(in: 0...400, using: &random))
            for tile in try appender.append(tree.leaves[start..<end]) {
                #expect(tile.hashes == defined(tile.id))
                #expect(named.updateValue(tile, forKey: tile.id) == nil, "named twice")
            }
            #expect(appender.head == (try tree.head(end)))
            for id in TileID.edge(of: appender.size) { #expect(named[id] != nil, "\(id.path)") }
        }
        // All full tiles of the final size were named on the way.
        for level in 0...1 {
            for index in 0..<(tree.leaves.count >> (8 * (level + 1))) {
                let id = try #require(TileID(level: level, index: index))
                #expect(named[id] != nil)
            }
        }
    }

    @Test("a batch names nothing that it leaves as it was")
    func unchanged() throws {
        var appender = TileAppender()
        _ = try appender.append(tree.leaves.prefix(300))
        let paths = try appender.append(tree.leaves[300..<302]).map(\.id.path)
        #expect(paths == ["tile/0/001.p/46"])
        let completing = try appender.append(tree.leaves[302..<512]).map(\.id.path)
        #expect(completing == ["tile/0/001", "tile/1/000.p/2"])
        #expect(try appender.append([]) == [])
    }

    @Test("goes on from the right edge as if it had never stopped")
    func resumed() throws {
        for size in Array(0...20) + [255, 256, 257, 511, 512, 513, 1000, 1279, 1280] {
            var appender = TileAppender()
            _ = try appender.append(tree.leaves.prefix(size))
            var resumed = try TileAppender(
                size: TreeSize(checked: size), edge: appender.edgeTiles)
            #expect(resumed.head == (try tree.head(size)))
            let rest = tree.leaves[size..<size + 100]
            #expect(try resumed.append(rest) == appender.append(rest))
            #expect(resumed.head == (try tree.head(size + 100)))
        }
    }

    @Test("refuses another edge than that of its size; a wrong hash shows in the root")
    func wrongEdge() throws {
        var appender = TileAppender()
        _ = try appender.append(tree.leaves.prefix(600))
        let edge = appender.edgeTiles
        let size = appender.size
        #expect(throws: TileError.edge) { try TileAppender(size: size, edge: edge.dropLast()) }
        #expect(throws: TileError.edge) { try TileAppender(size: size, edge: edge.reversed()) }
        #expect(throws: TileError.edge) {
            try TileAppender(size: TreeSize(checked: 601), edge: edge)
        }
        #expect(throws: TileError.edge) { try TileAppender(size: .zero, edge: edge) }
        for place in edge[0].hashes.indices {
            var hashes = edge[0].hashes
            hashes[place] = .leaf([])
            let altered = [Tile(unchecked: edge[0].id, hashes: hashes), edge[1]]
            #expect(try TileAppender(size: size, edge: altered).head != appender.head)
        }
    }

    @Test("fills a tree to the brim and not over it")
    func full() throws {
        let almost = try TreeSize(checked: TreeSize.valueMax - 1)
        let edge = TileID.edge(of: almost).map { id in
            Tile(unchecked: id, hashes: [MerkleHash](repeating: .leaf([]), count: id.width))
        }
        var appender = try TileAppender(size: almost, edge: edge)
        let head = appender.head
        #expect(throws: TileError.treeFull) { try appender.append([.leaf([1]), .leaf([2])]) }
        #expect(appender.head == head)
        #expect(try appender.append([.leaf([1])]).map(\.id.width) == [255])
        #expect(appender.size.value == TreeSize.valueMax)
        #expect(throws: TileError.treeFull) { try appender.append([.leaf([1])]) }
    }
}
