/// Which tile of a tree: up to 256 hashes of one level side by side.
///
/// Source: C2SP tlog-tiles, "Merkle Tree"; protocol/log.md, "Tiles".
public struct TileID: Hashable, Sendable {
    /// The hashes of a full tile.
    public static let widthMax = 256
    /// The highest level that a tree of the greatest size reaches.
    public static let levelMax = 6
    /// How many levels of the tree one tile spans.
    static let height = 8

    /// The level of tiles, counted from 0: each hash covers 256^level entries.
    public let level: Int
    /// The place among the tiles of the level, counted from 0.
    public let index: Int
    /// The number of hashes, 1 to 256.
    public let width: Int

    /// A tile's name, or nil when no tree within ``TreeSize/valueMax`` has such a tile.
    public init?(level: Int, index: Int, width: Int = Self.widthMax) {
        guard (0...Self.levelMax).contains(level), (1...Self.widthMax).contains(width),
            index >= 0
        else { return nil }
        let hashesMax = TreeSize.valueMax >> (Self.height * level)
        guard index <= hashesMax / Self.widthMax, index * Self.widthMax + width <= hashesMax
        else { return nil }
        self.init(unchecked: level, index: index, width: width)
    }

    private init(unchecked level: Int, index: Int, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether the tile will never change.
    public var isFull: Bool { width == Self.widthMax }

    /// The tile's length in bytes.
    public var byteCount: Int { width * MerkleHash.count }

    /// The path under the log's prefix: `tile/<L>/<N>[.p/<W>]`.
    public var path: String {
        "tile/\(level)/" + TileNumber.path(index: index, width: width)
    }

    /// A tile from its path, or nil for any spelling but ``path``.
    public init?(path: String) {
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let level = DecimalText.value(of: Array(parts[1].utf8)),
            let numbers = TileNumber.numbers(in: parts[2]),
            let tile = TileID(level: level, index: numbers.index, width: numbers.width),
            tile.path.utf8.elementsEqual(path.utf8)
        else { return nil }
        self = tile
    }
}

extension TileID {
    /// How many hashes the level has in a tree of `size`, tiles side by side.
    static func hashCount(level: Int, in size: TreeSize) -> Int { size.value >> (height * level) }

    /// The tile at a place of a tree of `size`, as wide as it is there; nil when it has none there.
    public init?(level: Int, index: Int, in size: TreeSize) {
        guard (0...Self.levelMax).contains(level), index >= 0 else { return nil }
        let hashes = Self.hashCount(level: level, in: size)
        guard index <= hashes / Self.widthMax else { return nil }
        let width = min(Self.widthMax, hashes - index * Self.widthMax)
        guard width > 0 else { return nil }
        self.init(unchecked: level, index: index, width: width)
    }

    /// The partial tiles of a tree, from level 0 up: with them alone the tree can grow.
    public static func edge(of size: TreeSize) -> [TileID] {
        (0...levelMax).compactMap { level in
            let index = hashCount(level: level, in: size) / widthMax
            return TileID(level: level, index: index, in: size)
        }
    }
}
