/// What a checkpoint says of a tree: how large it is, and the hash over all of it.
public struct TreeHead: Hashable, Sendable {
    /// The number of entries.
    public let size: TreeSize
    /// The root hash at that size.
    public let root: MerkleHash

    /// A head.
    public init(size: TreeSize, root: MerkleHash) {
        self.size = size
        self.root = root
    }
}
