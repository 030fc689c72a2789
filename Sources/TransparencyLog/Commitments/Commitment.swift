import Crypto

/// Stands in an entry for a value that the log must be able to forget: it can be shown to be the
/// value's by whoever has the salt, and means nothing once the salt is gone.
///
/// Source: protocol/log.md, "Commitments".
public struct Commitment: Hashable, Sendable {
    /// Length in bytes.
    public static let count = 32

    /// SHA-256("creditmesh-commit-v1" ‖ salt ‖ value).
    public let bytes: [UInt8]

    private static let label = Array("creditmesh-commit-v1".utf8)

    /// The commitment to a value.
    public init(to value: [UInt8], salt: CommitmentSalt) {
        bytes = Array(SHA256.hash(data: Self.label + salt.bytes + value))
    }

    /// A commitment received; nil unless it has exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = Array(bytes)
    }

    /// The commitment's leaf in the tree of ``itemsRoot(_:)``.
    public var leaf: MerkleHash { .leaf(bytes) }

    /// The commitment to several values in their order: the root of the tree over theirs.
    public static func itemsRoot(_ items: some Sequence<Commitment>) -> MerkleHash {
        .root(of: items.lazy.map(\.leaf))
    }
}
