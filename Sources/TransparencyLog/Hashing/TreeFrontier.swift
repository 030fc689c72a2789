/// The hashes of the perfect subtrees that a tree of some size consists of, largest first: one for
/// every bit that is set in the size. With them an entry is appended, or the root computed, in a
/// number of steps that grows with the logarithm of the size.
struct TreeFrontier: Sendable {
    private(set) var size = 0
    private var peaks: [MerkleHash] = []

    /// The frontier of the empty tree.
    init() {}

    /// A frontier from its hashes; `peaks` must be one for every bit set in `size`, largest first.
    init(size: Int, peaks: [MerkleHash]) {
        self.size = size
        self.peaks = peaks
    }

    /// Adds the hash of one more entry.
    ///
    /// - Returns: the hashes of the subtrees of 256, 256² and so on entries that it completes.
    @discardableResult
    mutating func append(_ leaf: MerkleHash) -> [MerkleHash] {
        var hash = leaf
        var completed: [MerkleHash] = []
        // Every subtree that the new one completes doubles it.
        let doublings = (~size).trailingZeroBitCount
        for height in 0..<doublings {
            if let left = peaks.popLast() { hash = .node(left, hash) }
            if (height + 1).isMultiple(of: TileID.height) { completed.append(hash) }
        }
        peaks.append(hash)
        size += 1
        return completed
    }

    /// The root of the tree.
    var root: MerkleHash { MerkleHash.joined(peaks) }
}

extension MerkleHash {
    /// The hash over subtrees that stand side by side, largest first; the empty tree's for none.
    static func joined(_ subtrees: some BidirectionalCollection<MerkleHash>) -> MerkleHash {
        guard let last = subtrees.last else { return .empty }
        return subtrees.dropLast().reversed().reduce(last) { right, left in .node(left, right) }
    }

    /// The root of the tree over entries whose hashes are given in order (RFC 6962 §2.1, MTH).
    /// Memory stays flat: the leaves are read once.
    public static func root(of leaves: some Sequence<MerkleHash>) -> MerkleHash {
        var frontier = TreeFrontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }
}
