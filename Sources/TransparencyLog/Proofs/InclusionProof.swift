/// The proof that an entry stands at some place of a tree: the hashes of the subtrees beside the path
/// from its leaf to the root, from the leaf up.
///
/// Source: RFC 9162 §2.1.3; protocol/log.md, "Tree".
public struct InclusionProof: Hashable, Sendable {
    /// The most hashes that a proof can have, that of the largest tree.
    public static let hashesMax = 53

    /// The hashes, the leaf's sibling first.
    public let hashes: [MerkleHash]

    /// A proof received, or made by ``ProofPlan/inclusion(of:in:)``.
    ///
    /// - Throws: `ProofError.length` over ``hashesMax``.
    public init(hashes: [MerkleHash]) throws(ProofError) {
        guard hashes.count <= Self.hashesMax else { throw .length }
        self.hashes = hashes
    }

    /// Checks that the entry with the hash `leaf` stands at `index` of the tree `head`.
    ///
    /// - Throws: `ProofError`: `.outside` when the tree has no such place, `.length` or `.root` when
    ///   the proof does not hold.
    public func verify(
        _ leaf: MerkleHash, at index: EntryIndex, in head: TreeHead
    ) throws(ProofError) {
        guard try root(over: leaf, at: index, in: head.size) == head.root else { throw .root }
    }

    /// The root that the proof leads to; RFC 9162 §2.1.3.2, with its names.
    func root(
        over leaf: MerkleHash, at index: EntryIndex, in size: TreeSize
    ) throws(ProofError) -> MerkleHash {
        guard index.value < size.value else { throw .outside }
        var fn = index.value
        var sn = size.value - 1
        var r = leaf
        for p in hashes {
            guard sn > 0 else { throw .length }
            if fn & 1 == 1 || fn == sn {
                r = .node(p, r)
                // Levels where the path is the last node and has no sibling.
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                r = .node(r, p)
            }
            fn >>= 1
            sn >>= 1
        }
        guard sn == 0 else { throw .length }
        return r
    }
}
