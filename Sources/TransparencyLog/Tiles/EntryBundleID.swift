/// Which bundle of a log's entries: those whose hashes are the level 0 tile of the same numbers.
///
/// Source: C2SP tlog-tiles, "Log entries"; protocol/log.md, "Tiles".
public struct EntryBundleID: Hashable, Sendable {
    /// The level 0 tile.
    public let tile: TileID

    /// A bundle's name, or nil when no tree within ``TreeSize/valueMax`` has such a bundle.
    public init?(index: Int, width: Int = TileID.widthMax) {
        guard let tile = TileID(level: 0, index: index, width: width) else { return nil }
        self.tile = tile
    }

    /// The bundle at a place of a log of `size`, as wide as it is there; nil when it has none there.
    public init?(index: Int, in size: TreeSize) {
        guard let tile = TileID(level: 0, index: index, in: size) else { return nil }
        self.tile = tile
    }

    /// A bundle from its path, or nil for any spelling but ``path``.
    public init?(path: String) {
        guard path.hasPrefix(Self.folder),
            let numbers = TileNumber.numbers(in: path.dropFirst(Self.folder.count)),
            let bundle = EntryBundleID(index: numbers.index, width: numbers.width),
            bundle.path.utf8.elementsEqual(path.utf8)
        else { return nil }
        self = bundle
    }

    /// The place among the bundles, counted from 0.
    public var index: Int { tile.index }
    /// The number of entries, 1 to 256.
    public var width: Int { tile.width }
    /// The places of the entries in the log.
    public var entries: Range<Int> {
        index * TileID.widthMax..<index * TileID.widthMax + width
    }

    /// The path under the log's prefix: `tile/entries/<N>[.p/<W>]`.
    public var path: String { Self.folder + TileNumber.path(index: index, width: width) }

    /// The bundles that change when a log grows from one size to another, as they are then; empty
    /// unless it grows.
    public static func changed(from old: TreeSize, to new: TreeSize) -> some Sequence<EntryBundleID>
    {
        let first = old.value / TileID.widthMax
        let end = old < new ? (new.value - 1) / TileID.widthMax + 1 : first
        return (first..<end).lazy.compactMap { EntryBundleID(index: $0, in: new) }
    }

    private static let folder = "tile/entries/"
}
