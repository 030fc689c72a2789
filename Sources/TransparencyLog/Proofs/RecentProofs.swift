/// Makes inclusion proofs for the entries that a tree got last, all for its present size: what their
/// paths share is computed once.
public struct RecentProofs: Sendable {
    private let size: TreeSize
    private let tiles: [Place: Tile]
    private var hashes: [TreeNode: MerkleHash] = [:]
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
        if let known = hashes[node] { return known }
        let hash: MerkleHash
        if node.level.isMultiple(of: TileID.height) {
            hash = try tileHash(of: node)
        } else {
            let left = TreeNode(level: node.level - 1, index: node.index * 2)
            let right = TreeNode(level: node.level - 1, index: node.index * 2 + 1)
            hash = .node(try self.hash(of: left), try self.hash(of: right))
        }
        hashes[node] = hash
        return hash
    }

    private func tileHash(of node: TreeNode) throws(ProofError) -> MerkleHash {
        let place = Place(
            level: node.level / TileID.height, index: node.index / TileID.widthMax)
        guard let tile = tiles[place], node.index % TileID.widthMax < tile.hashes.count else {
            throw .outside
        }
        return tile.hashes[node.index % TileID.widthMax]
    }
}
