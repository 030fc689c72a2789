/// A tile with its hashes.
public struct Tile: Hashable, Sendable {
    /// Which tile it is.
    public let id: TileID
    /// As many hashes as the tile is wide, left to right.
    public let hashes: [MerkleHash]

    /// A tile from its bytes.
    ///
    /// - Throws: `TileError.truncated` or `.trailingBytes` unless they are exactly as many as the
    ///   width asks for. Whether the hashes are right, only the root tells.
    public init(_ id: TileID, bytes: some Collection<UInt8>) throws(TileError) {
        guard bytes.count >= id.byteCount else { throw .truncated }
        guard bytes.count == id.byteCount else { throw .trailingBytes }
        var hashes: [MerkleHash] = []
        hashes.reserveCapacity(id.width)
        var rest = bytes[...]
        while let hash = MerkleHash(bytes: rest.prefix(MerkleHash.count)) {
            hashes.append(hash)
            rest = rest.dropFirst(MerkleHash.count)
        }
        self.init(unchecked: id, hashes: hashes)
    }

    /// Requires as many hashes as the tile is wide.
    init(unchecked id: TileID, hashes: [MerkleHash]) {
        self.id = id
        self.hashes = hashes
    }

    /// The tile as it is served: the hashes one after the other.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(id.byteCount)
        for hash in hashes { withUnsafeBytes(of: hash) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The hash of the node over `count` hashes from `first` on; requires that they are there, and
    /// that `count` is a power of two that divides `first`.
    func node(over count: Int, from first: Int) -> MerkleHash {
        MerkleHash.root(of: hashes[first..<first + count])
    }
}
