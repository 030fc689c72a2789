/// Checks a whole log against a tree head, bundle by bundle: memory stays flat, and an audit that was
/// interrupted goes on from its last bundle.
///
/// Reading is the caller's: it takes ``nextBundle``, fetches and decodes it, adds it, and compares
/// each tile that ``add(_:)`` and ``finish()`` name with the bytes that the log serves for it.
public struct TreeAudit: Sendable {
    private let head: TreeHead
    private var tree: TileAppender

    /// An audit of the tree `head`.
    ///
    /// - Parameter tree: what was audited before: a tree whose size is a multiple of 256.
    /// - Throws: `AuditError.order` when `tree` is none such, or larger than the head.
    public init(of head: TreeHead, after tree: TileAppender = TileAppender()) throws(AuditError) {
        guard tree.size <= head.size, tree.size.value.isMultiple(of: TileID.widthMax) else {
            throw .order
        }
        self.head = head
        self.tree = tree
    }

    /// The bundle to add next; nil when all were added.
    public var nextBundle: EntryBundleID? {
        guard tree.size < head.size else { return nil }
        return EntryBundleID(index: tree.size.value / TileID.widthMax, in: head.size)
    }

    /// Adds the entries of ``nextBundle``.
    ///
    /// - Returns: the full tiles that these entries complete. The log must serve exactly their bytes.
    /// - Throws: `AuditError.order` when the bundle has not as many entries as that one.
    public mutating func add(_ bundle: EntryBundle) throws(AuditError) -> [Tile] {
        try add(leaves: bundle.leaves)
    }

    /// Adds the hashes of the entries of ``nextBundle``, for those who compute them elsewhere: that is
    /// most of the work. See ``add(_:)``.
    public mutating func add(leaves: [MerkleHash]) throws(AuditError) -> [Tile] {
        guard let next = nextBundle, leaves.count == next.width else { throw .order }
        do throws(TileError) {
            return try tree.append(leaves).filter(\.id.isFull)
        } catch {
            throw .order
        }
    }

    /// Ends the audit.
    ///
    /// - Returns: the partial tiles at the right edge, of which the same is true.
    /// - Throws: `AuditError.order` when bundles are left, `.root` when the entries do not make up
    ///   the tree.
    public func finish() throws(AuditError) -> [Tile] {
        guard tree.size == head.size else { throw .order }
        guard tree.head == head else { throw .root }
        return tree.edgeTiles
    }
}

/// Why an audit ends.
public enum AuditError: Error, Hashable, Sendable {
    /// The caller's fault: not the bundle that is next, or not the end yet.
    case order
    /// The log's fault: its entries are not those that its checkpoint speaks of.
    case root
}
