/// Why tiles or entry bundles cannot be used. But for ``treeFull`` the fault is the log's (or that of
/// whoever stored its files), and reading the same bytes again fails again.
public enum TileError: Error, Hashable, Sendable {
    /// The bytes are not as many as the tile's width asks for, or end within an entry.
    case truncated
    /// Bytes behind the last hash or entry.
    case trailingBytes
    /// A bundle without entries or with more than 256, or an entry over the limit.
    case entries
    /// A tile is missing among those of the right edge, or is none of them.
    case edge
    /// A node was asked for that the tree does not have.
    case outside
    /// The caller's fault: the tree would be over its greatest size.
    case treeFull
}
