/// Which nodes of a tree a proof or a root is made of: the part of the work that needs no hashes.
public struct ProofPlan: Sendable, Hashable {
    /// For each hash of the result, in order, the nodes that it is joined from, left to right.
    public let parts: [[TreeNode]]

    private init(_ ranges: [Range<Int>]) {
        parts = ranges.map(TreeNode.covering)
    }

    /// The plan of an inclusion proof.
    ///
    /// - Throws: `ProofError.outside` unless `index` is below `size`.
    public static func inclusion(
        of index: EntryIndex, in size: TreeSize
    ) throws(ProofError) -> ProofPlan {
        guard index.value < size.value else { throw .outside }
        return ProofPlan(LeafRange.path(to: index.value, in: size.value))
    }

    /// The plan of a consistency proof.
    ///
    /// - Throws: `ProofError.emptyTree` from size 0, `.outside` when `first` is over `second`.
    public static func consistency(
        from first: TreeSize, to second: TreeSize
    ) throws(ProofError) -> ProofPlan {
        guard first.value > 0 else { throw .emptyTree }
        guard first <= second else { throw .outside }
        return ProofPlan(LeafRange.subproof(from: first.value, in: second.value))
    }

    /// The plan of the root of a tree that is not empty: one hash. For size 0 there is none.
    public static func root(of size: TreeSize) -> ProofPlan {
        ProofPlan(size == .zero ? [] : [0..<size.value])
    }

    /// All nodes that the plan needs.
    public var nodes: [TreeNode] { parts.flatMap { $0 } }

    /// The hashes of the result.
    ///
    /// - Throws: whatever the source throws.
    public func hashes<Source: HashSource>(
        from source: inout Source
    ) throws(Source.Failure) -> [MerkleHash] {
        var hashes: [MerkleHash] = []
        for part in parts {
            var subtrees: [MerkleHash] = []
            for node in part { subtrees.append(try source.hash(of: node)) }
            hashes.append(MerkleHash.joined(subtrees))
        }
        return hashes
    }
}
