/// The proof that one tree is the beginning of another: nothing in it was removed or changed.
///
/// Source: RFC 9162 §2.1.4; protocol/log.md, "Tree".
public struct ConsistencyProof: Hashable, Sendable {
    /// The most hashes that a proof can have: one more than an inclusion proof.
    public static let hashesMax = 54

    /// The hashes, in the RFC's order.
    public let hashes: [MerkleHash]

    /// A proof received, or made by ``ProofPlan/consistency(from:to:)``.
    ///
    /// - Throws: `ProofError.length` over ``hashesMax``.
    public init(hashes: [MerkleHash]) throws(ProofError) {
        guard hashes.count <= Self.hashesMax else { throw .length }
        self.hashes = hashes
    }

    /// Checks that the tree `first` is the beginning of the tree `second`.
    ///
    /// - Throws: `ProofError`: `.emptyTree` when `first` is empty, since any tree follows on that and
    ///   nothing is proved; `.outside` when it is the larger; `.length` or `.root` when the proof
    ///   does not hold.
    public func verify(from first: TreeHead, to second: TreeHead) throws(ProofError) {
        guard first.size.value > 0 else { throw .emptyTree }
        guard first.size <= second.size else { throw .outside }
        if first.size == second.size {
            guard hashes.isEmpty else { throw .length }
            guard first.root == second.root else { throw .root }
            return
        }
        // A first tree of a power of two is a node of the second, which the proof leaves out.
        let isNode = first.size.value.nonzeroBitCount == 1
        var path = hashes[...]
        guard let start = isNode ? first.root : path.popFirst() else { throw .length }
        let roots = try Self.roots(from: start, along: path, first: first, second: second)
        guard roots.first == first.root, roots.second == second.root else { throw .root }
    }

    /// The roots of both trees that the proof leads to; RFC 9162 §2.1.4.2, with its names.
    private static func roots(
        from start: MerkleHash, along path: ArraySlice<MerkleHash>,
        first: TreeHead, second: TreeHead
    ) throws(ProofError) -> (first: MerkleHash, second: MerkleHash) {
        var fn = first.size.value - 1
        var sn = second.size.value - 1
        let shared = (~fn).trailingZeroBitCount
        fn >>= shared
        sn >>= shared
        var (fr, sr) = (start, start)
        for c in path {
            guard sn > 0 else { throw .length }
            if fn & 1 == 1 || fn == sn {
                fr = .node(c, fr)
                sr = .node(c, sr)
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                sr = .node(sr, c)
            }
            fn >>= 1
            sn >>= 1
        }
        guard sn == 0 else { throw .length }
        return (fr, sr)
    }
}
