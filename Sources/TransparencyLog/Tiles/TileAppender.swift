/// Grows a tree entry by entry, and says which tiles that changes. In memory it holds the right edge
/// alone: at most 255 hashes a level, whatever the size of the tree.
public struct TileAppender: Sendable {
    // One list of fewer than 256 hashes for each level that the tree reaches.
    private var edge: [[MerkleHash]] = []
    private var frontier = TreeFrontier()

    /// The empty tree.
    public init() {}

    /// A tree that is to grow on, from the partial tiles at its right edge.
    ///
    /// - Parameters:
    ///   - size: how large the tree is.
    ///   - tiles: exactly the tiles of ``TileID/edge(of:)``, in that order.
    /// - Throws: `TileError.edge` for other tiles. Compare ``head`` with what was signed: a wrong
    ///   hash in a tile shows there.
    public init(size: TreeSize, edge tiles: [Tile]) throws(TileError) {
        guard tiles.map(\.id) == TileID.edge(of: size) else { throw .edge }
        let levels = (0...TileID.levelMax).filter { TileID.hashCount(level: $0, in: size) > 0 }
        edge = levels.map { level in tiles.first { $0.id.level == level }?.hashes ?? [] }
        let peaks = edge.reversed().flatMap(Self.peaks)
        frontier = TreeFrontier(size: size.value, peaks: peaks)
    }

    /// How large the tree is and its root.
    public var head: TreeHead { TreeHead(size: size, root: frontier.root) }

    /// How large the tree is.
    public var size: TreeSize { TreeSize(frontier.size) ?? .zero }

    /// Adds the hashes of entries, and names all tiles that are new: those that became full, and
    /// then the partial ones at the edge that differ from before, from level 0 up.
    ///
    /// - Throws: `TileError.treeFull`, with nothing added, when there would be more than
    ///   ``TreeSize/valueMax``.
    public mutating func append(
        _ leaves: some Collection<MerkleHash>
    ) throws(TileError) -> [Tile] {
        guard size.adding(leaves.count) != nil else { throw .treeFull }
        var changed: [Tile] = []
        for leaf in leaves { add(leaf, full: &changed) }
        guard !leaves.isEmpty else { return [] }
        let levels = Set([0] + changed.map { $0.id.level + 1 })
        return changed + edgeTiles.filter { levels.contains($0.id.level) }
    }

    /// The partial tiles at the right edge, from level 0 up.
    public var edgeTiles: [Tile] {
        TileID.edge(of: size).map { Tile(unchecked: $0, hashes: edge[$0.level]) }
    }

    private mutating func add(_ leaf: MerkleHash, full: inout [Tile]) {
        let parents = frontier.append(leaf)
        push(leaf, level: 0, full: &full)
        for (level, hash) in parents.enumerated() { push(hash, level: level + 1, full: &full) }
    }

    private mutating func push(_ hash: MerkleHash, level: Int, full: inout [Tile]) {
        if level == edge.count { edge.append([]) }
        edge[level].append(hash)
        let index = TileID.hashCount(level: level, in: size) / TileID.widthMax - 1
        guard edge[level].count == TileID.widthMax, let id = TileID(level: level, index: index)
        else { return }
        full.append(Tile(unchecked: id, hashes: edge[level]))
        edge[level] = []
    }

    /// The perfect subtrees that the hashes of one level at the edge make, largest first.
    private static func peaks(of hashes: [MerkleHash]) -> [MerkleHash] {
        var rest = hashes[...]
        var peaks: [MerkleHash] = []
        while !rest.isEmpty {
            let count = 1 << rest.count.greatestBit
            peaks.append(MerkleHash.root(of: rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return peaks
    }
}
