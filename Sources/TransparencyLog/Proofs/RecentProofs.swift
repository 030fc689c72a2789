/// Makes inclusion proofs for the entries that a tree got last, all for its present size: what their
/// paths share is computed once.
public struct RecentProofs: Sendable {
    private let size: TreeSize
    private let tiles: [Place: Tile]
    /// The inner nodes of tiles, made when the first of a tile is asked for.
    private var inner: [Place: InnerHashes] = [:]
    /// The hashes over all from some node to the tree's right edge.
    private var tails: [TreeNode: MerkleHash] = [:]

    /// Proofs in the tree of `size`.
    ///
    /// - Parameter tiles: those that the entries changed, and those of the right edge: what
    ///   ``TileAppender/append(_:)`` and ``TileAppender/edgeTiles`` name.
    public init(in size: TreeSize, tiles: [Tile]) {
        self.size = size
        let placed = tiles.map { (Place(level: $0.id.level, index: $0.id.index), $0) }
        // Of two widths of one place the later is the wider.
        self.tiles = Dictionary(placed) { $1 }
    }

    /// The proof of one entry.
    ///
    /// - Throws: `ProofError.outside` when the tree has no such entry, or the tiles of its path are
    ///   not there.
    public mutating func proof(of index: EntryIndex) throws(ProofError) -> InclusionProof {
        let plan = try ProofPlan.inclusion(of: index, in: size)
        var proof: [MerkleHash] = []
        proof.reserveCapacity(plan.parts.count)
        for part in plan.parts { proof.append(try hash(of: part)) }
        return try InclusionProof(hashes: proof)
    }

    private struct Place: Hashable, Sendable {
        let level: Int
        let index: Int
    }

    private mutating func hash(of part: [TreeNode]) throws(ProofError) -> MerkleHash {
        guard let first = part.first else { throw .outside }
        guard part.count > 1 else { return try hash(of: first) }
        // More than one node: the part reaches to the right edge.
        if let known = tails[first] { return known }
        var subtrees: [MerkleHash] = []
        for node in part { subtrees.append(try hash(of: node)) }
        let hash = MerkleHash.joined(subtrees)
        tails[first] = hash
        return hash
    }

    private mutating func hash(of node: TreeNode) throws(ProofError) -> MerkleHash {
        let height = node.level % TileID.height
        let first = node.index << height
        let place = Place(
            level: node.level / TileID.height, index: first / TileID.widthMax)
        guard let tile = tiles[place] else { throw .outside }
        let made = inner[place] ?? InnerHashes(of: tile.hashes)
        inner[place] = made
        guard let hash = made.hash(height: height, index: (first % TileID.widthMax) >> height)
        else { throw .outside }
        return hash
    }
}

/// The hashes of all whole subtrees below a tile's hashes, level by level.
private struct InnerHashes: Sendable {
    private var levels: [[MerkleHash]]

    init(of hashes: [MerkleHash]) {
        levels = [hashes]
        while let below = levels.last, below.count > 1 {
            levels.append(
                stride(from: 1, to: below.count, by: 2).map { .node(below[$0 - 1], below[$0]) })
        }
    }

    /// The hash of a subtree of 2^height hashes; nil when the tile does not hold all of them.
    func hash(height: Int, index: Int) -> MerkleHash? {
        guard levels.indices.contains(height), levels[height].indices.contains(index) else {
            return nil
        }
        return levels[height][index]
    }
}
