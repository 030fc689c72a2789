import Testing

@testable import TransparencyLog

@Suite("Proofs from tiles")
struct TileHashesTests {
    private let tree = NaiveTree(size: 1400)

    private func source(_ size: Int) throws -> TileHashes<MemoryTiles> {
        let tiles = try MemoryTiles(growing: tree, by: [size])
        return TileHashes(of: try TreeSize(checked: size), from: tiles)
    }

    @Test("are the definition's", arguments: [1, 2, 100, 255, 256, 257, 700, 1280, 1400])
    func inclusion(size: Int) throws {
        var random = RepeatableRandom(seed: UInt64(size))
        for _ in 0..<20 {
            let index = Int.random(in: 0..<size, using: &random)
            var source = try source(size)
            let plan = try ProofPlan.inclusion(
                of: EntryIndex(checked: index), in: TreeSize(checked: size))
            #expect(try plan.hashes(from: &source) == tree.path(index, 0..<size))
            let first = Int.random(in: 1...size, using: &random)
            let growth = try ProofPlan.consistency(
                from: TreeSize(checked: first), to: TreeSize(checked: size))
            #expect(
                try growth.hashes(from: &source) == tree.subproof(first, 0..<size, true))
        }
    }

    @Test("for an older size come from the tiles of a newer one")
    func olderSize() throws {
        var source = try source(1400)
        for size in [1, 100, 256, 700, 1399] {
            let plan = try ProofPlan.inclusion(
                of: EntryIndex(checked: size / 2), in: TreeSize(checked: size))
            #expect(try plan.hashes(from: &source) == tree.path(size / 2, 0..<size))
            let root = ProofPlan.root(of: try TreeSize(checked: size))
            #expect(try root.hashes(from: &source) == [tree.root(0..<size)])
        }
        #expect(try ProofPlan.root(of: .zero).hashes(from: &source) == [])
    }

    @Test("read a tile once")
    func reads() throws {
        var source = try source(1400)
        let plan = try ProofPlan.inclusion(
            of: EntryIndex(checked: 300), in: TreeSize(checked: 1400))
        _ = try plan.hashes(from: &source)
        // The leaf's own tile, level 1, and the last tile of level 0.
        #expect(source.source.reads == 3)
    }

    @Test("fail where the tree has no such node, a tile is missing or of another length")
    func errors() throws {
        typealias Failure = TileSourceError<MemoryTiles.Missing>
        var source = try source(700)
        let outside = [
            TreeNode(level: 0, index: 700), TreeNode(level: 2, index: 175),
            TreeNode(level: 9, index: 1), TreeNode(level: 53, index: 0),
            TreeNode(level: 60, index: 0),
        ]
        for node in outside {
            #expect(throws: Failure.tile(.outside)) { try source.hash(of: node) }
        }
        var tiles = try MemoryTiles(growing: tree, by: [700])
        tiles.files["tile/0/000"] = [1, 2, 3]
        tiles.files["tile/0/001"] = nil
        source = TileHashes(of: try TreeSize(checked: 700), from: tiles)
        #expect(throws: Failure.tile(.truncated)) {
            try source.hash(of: TreeNode(level: 0, index: 0))
        }
        #expect(throws: Failure.source(.init(path: "tile/0/001"))) {
            try source.hash(of: TreeNode(level: 3, index: 40))
        }
    }
}
