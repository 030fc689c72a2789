/// The hashes of a tree's nodes, taken from its tiles. It keeps one tile of each level, 56 KiB at the
/// most, so that a proof reads a tile once.
public struct TileHashes<Source: TileSource>: HashSource {
    /// What ``hash(of:)`` throws.
    public typealias Failure = TileSourceError<Source.Failure>

    /// The tiles' source.
    public private(set) var source: Source
    private let size: TreeSize
    private var kept: [Int: Tile] = [:]

    /// The hashes of the tree of `size`, whose tiles `source` has.
    public init(of size: TreeSize, from source: Source) {
        self.size = size
        self.source = source
    }

    /// The hash of one node, from the tile that holds it or the nodes below it.
    ///
    /// - Throws: `TileSourceError`; `.tile(.outside)` for a node that the tree does not have in
    ///   full. Whether the hash is right, only a root tells.
    public mutating func hash(of node: TreeNode) throws(Failure) -> MerkleHash {
        let count = 1 << (node.level % TileID.height)
        let first = node.index * count
        guard let id = TileID(holding: node, in: size), first % TileID.widthMax + count <= id.width
        else { throw .tile(.outside) }
        return try tile(id).node(over: count, from: first % TileID.widthMax)
    }

    private mutating func tile(_ id: TileID) throws(Failure) -> Tile {
        if let tile = kept[id.level], tile.id == id { return tile }
        let bytes: [UInt8]
        do throws(Source.Failure) { bytes = try source.bytes(of: id) } catch {
            throw .source(error)
        }
        let tile: Tile
        do throws(TileError) { tile = try Tile(id, bytes: bytes) } catch { throw .tile(error) }
        kept[id.level] = tile
        return tile
    }
}

extension TileID {
    /// The tile from which the hash of a node is taken, in a tree of `size`; nil when the tree has no
    /// such tile.
    public init?(holding node: TreeNode, in size: TreeSize) {
        let first = node.index << (node.level % Self.height)
        self.init(level: node.level / Self.height, index: first / Self.widthMax, in: size)
    }
}
