import Testing

@testable import TransparencyLog

@Suite("Tile paths")
struct TileIDTests {
    @Test(
        "have one spelling, and are read back",
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 999, 256, "tile/0/999"),
            (0, 1000, 1, "tile/0/x001/000.p/1"), (3, 1_234_067, 256, "tile/3/x001/x234/067"),
            (1, 5, 255, "tile/1/005.p/255"), (6, 0, 31, "tile/6/000.p/31"),
            (0, 1_000_000, 256, "tile/0/x001/x000/000"),
        ])
    func spelling(level: Int, index: Int, width: Int, path: String) throws {
        let tile = try #require(TileID(level: level, index: index, width: width))
        #expect(tile.path == path)
        #expect(TileID(path: path) == tile)
    }

    @Test(
        "are refused in any other spelling",
        arguments: [
            "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000",
            "tile/00/000", "tile/7/000", "tile/-1/000", "tile/+1/000", "tile/0/x000",
            "tile/0/x000/000", "tile/0/x001", "tile/0/001/000", "tile/0/x001/x000",
            "tile/0/X001/000", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
            "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/-1", "tile/0/000.p/1/",
            "tile/0/000/", "/tile/0/000", "tile/0/000.p/1.p/1", "tile/0/000.P/1",
            "tile/0/000.p/٣", "tile/0/٠٠٠", "tile//0/000", "tile/0//000", "Tile/0/000",
            "tile/entries/000", "tile/data/000", "tile/0/000.q/1", "tile/0/ 000",
            "tile/0/000\n", "tile/6/001", "tile/6/000.p/32",
            "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x035/x184/x372/x088/832",
        ])
    func refused(path: String) {
        #expect(TileID(path: path) == nil)
    }

    @Test(
        "of entry bundles are the same with another folder",
        arguments: [
            (0, 256, "tile/entries/000"), (67, 1, "tile/entries/067.p/1"),
            (1_234_067, 256, "tile/entries/x001/x234/067"),
        ])
    func bundles(index: Int, width: Int, path: String) throws {
        let bundle = try #require(EntryBundleID(index: index, width: width))
        #expect(bundle.path == path)
        #expect(EntryBundleID(path: path) == bundle)
        #expect(bundle.entries == index * 256..<index * 256 + width)
    }

    @Test(
        "of entry bundles are refused in any other spelling",
        arguments: [
            "tile/entries/", "tile/entries/0", "tile/entries/000.p/256", "tile/entries/x000/000",
            "tile/entries/000/", "tile/0/000", "tile/entries", "tile/entries//000",
            "tile/entries/000.p/",
        ])
    func refusedBundles(path: String) {
        #expect(EntryBundleID(path: path) == nil)
    }

    @Test("numbers outside every tree name no tile")
    func bounds() {
        #expect(TileID(level: -1, index: 0) == nil)
        #expect(TileID(level: 7, index: 0) == nil)
        #expect(TileID(level: 0, index: -1) == nil)
        #expect(TileID(level: 0, index: 0, width: 0) == nil)
        #expect(TileID(level: 0, index: 0, width: 257) == nil)
        #expect(TileID(level: 0, index: .max) == nil)
        #expect(TileID(level: 6, index: 0, width: 31) != nil)
        #expect(TileID(level: 6, index: 0, width: 32) == nil)
        let lastIndex = TreeSize.valueMax / 256
        #expect(TileID(level: 0, index: lastIndex, width: 255) != nil)
        #expect(TileID(level: 0, index: lastIndex, width: 256) == nil)
    }

    @Test("a tree of 70,000 entries has the tiles that the specification counts")
    func specifiedExample() throws {
        let size = try TreeSize(checked: 70_000)
        #expect(
            TileID.edge(of: size).map(\.path)
                == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(TileID(level: 0, index: 272, in: size)?.isFull == true)
        #expect(TileID(level: 0, index: 274, in: size) == nil)
        #expect(TileID(level: 1, index: 0, in: size)?.isFull == true)
        #expect(TileID(level: 3, index: 0, in: size) == nil)
        let even = try TreeSize(checked: 256)
        #expect(TileID.edge(of: even).map(\.path) == ["tile/1/000.p/1"])
        #expect(TileID.edge(of: .zero) == [])
    }

    @Test("bundles that change when a log grows are those with new entries")
    func changedBundles() throws {
        let paths = { (old: Int, new: Int) in
            EntryBundleID.changed(
                from: try TreeSize(checked: old), to: try TreeSize(checked: new)
            ).map(\.path)
        }
        #expect(try paths(0, 0) == [])
        #expect(try paths(5, 5) == [])
        #expect(try paths(6, 5) == [])
        #expect(try paths(0, 1) == ["tile/entries/000.p/1"])
        #expect(try paths(255, 256) == ["tile/entries/000"])
        #expect(try paths(256, 257) == ["tile/entries/001.p/1"])
        #expect(
            try paths(255, 513)
                == ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/1"])
    }
}
