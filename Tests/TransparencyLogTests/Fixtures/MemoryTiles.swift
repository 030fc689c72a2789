@testable import TransparencyLog

/// Tiles by their paths, as a folder would hold them; counts what is read.
struct MemoryTiles: TileSource {
    struct Missing: Error, Equatable {
        let path: String
    }

    var files: [String: [UInt8]] = [:]
    private(set) var reads = 0

    mutating func bytes(of tile: TileID) throws(Missing) -> [UInt8] {
        reads += 1
        guard let bytes = files[tile.path] else { throw Missing(path: tile.path) }
        return bytes
    }

    mutating func write(_ tiles: [Tile]) {
        for tile in tiles { files[tile.id.path] = tile.bytes }
    }

    init() {}

    /// The tiles of a tree that grew in batches of the sizes given.
    init(growing tree: NaiveTree, by batches: [Int]) throws {
        var appender = TileAppender()
        for batch in batches {
            let start = appender.size.value
            write(try appender.append(tree.leaves[start..<start + batch]))
        }
    }
}
