import Testing

@testable import TransparencyLog

@Suite("Tiles and entry bundles as bytes")
struct EntryBundleTests {
    @Test("entries have their length before them")
    func encoding() throws {
        let long = [UInt8](repeating: 0xAB, count: 0x0102)
        let bundle = try EntryBundle(entries: [[], [7], long])
        #expect(bundle.bytes == [0, 0, 0, 1, 7, 1, 2] + long)
        #expect(try EntryBundle(bytes: bundle.bytes, count: 3) == bundle)
        #expect(bundle.leaves == [.leaf([]), .leaf([7]), .leaf(long)])
    }

    @Test("every cut, and every byte more, is refused")
    func cuts() throws {
        let bundle = try EntryBundle(entries: [[1, 2, 3], [], [4]])
        for length in bundle.bytes.indices {
            #expect(throws: TileError.truncated) {
                try EntryBundle(bytes: bundle.bytes.prefix(length), count: 3)
            }
        }
        #expect(throws: TileError.trailingBytes) {
            try EntryBundle(bytes: bundle.bytes + [0], count: 3)
        }
        #expect(throws: TileError.trailingBytes) {
            try EntryBundle(bytes: bundle.bytes, count: 2)
        }
        #expect(throws: TileError.truncated) { try EntryBundle(bytes: bundle.bytes, count: 4) }
    }

    @Test("no entry, too many, or one that is too long is no bundle", arguments: [0, 257, -1])
    func bounds(count: Int) throws {
        #expect(throws: TileError.entries) { try EntryBundle(bytes: [UInt8](), count: count) }
        if count >= 0 {
            #expect(throws: TileError.entries) {
                try EntryBundle(entries: [[UInt8]](repeating: [], count: count))
            }
        }
        let longest = [UInt8](repeating: 0, count: EntryBundle.entryBytesMax)
        #expect(throws: TileError.entries) { try EntryBundle(entries: [longest + [0]]) }
        let bundle = try EntryBundle(entries: [longest])
        #expect(try EntryBundle(bytes: bundle.bytes, count: 1) == bundle)
    }

    @Test("a tile has exactly its hashes")
    func tiles() throws {
        let id = try #require(TileID(level: 0, index: 3, width: 2))
        let hashes = [MerkleHash.leaf([1]), .leaf([2])]
        let bytes = hashes.flatMap(\.bytes)
        let tile = try Tile(id, bytes: bytes)
        #expect(tile.hashes == hashes)
        #expect(tile.bytes == bytes)
        for length in bytes.indices {
            #expect(throws: TileError.truncated) { try Tile(id, bytes: bytes.prefix(length)) }
        }
        #expect(throws: TileError.trailingBytes) { try Tile(id, bytes: bytes + [0]) }
    }
}
