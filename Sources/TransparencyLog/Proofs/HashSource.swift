/// Where the hashes of a log's tree come from: tiles, a table, memory.
///
/// ``TileHashes`` is one over tiles. A source is asked only for nodes that the tree has in full.
public protocol HashSource {
    /// What goes wrong while reading.
    associatedtype Failure: Error

    /// The hash of one node.
    mutating func hash(of node: TreeNode) throws(Failure) -> MerkleHash
}
