/// Up to 256 entries of a log, as they are served: each with its length before it in 2 bytes,
/// big-endian.
public struct EntryBundle: Hashable, Sendable {
    /// The most bytes of an entry: what the length can say.
    public static let entryBytesMax = 65_535
    /// The most bytes of a bundle.
    public static let bytesMax = TileID.widthMax * (2 + entryBytesMax)

    private static let lengthBytes = 2

    /// The entries, 1 to 256.
    public let entries: [[UInt8]]

    /// A bundle of entries.
    ///
    /// - Throws: `TileError.entries` for none or more than 256, or an entry over ``entryBytesMax``.
    public init(entries: [[UInt8]]) throws(TileError) {
        guard (1...TileID.widthMax).contains(entries.count),
            entries.allSatisfy({ $0.count <= Self.entryBytesMax })
        else { throw .entries }
        self.entries = entries
    }

    /// A bundle from its bytes, which must hold exactly `count` entries (1 to 256).
    ///
    /// - Throws: `TileError`: `.entries` when `count` is none that a bundle has, `.truncated` when
    ///   there are fewer, `.trailingBytes` when bytes are left over.
    public init(bytes: some Collection<UInt8>, count: Int) throws(TileError) {
        guard (1...TileID.widthMax).contains(count) else { throw .entries }
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        for _ in 0..<count {
            let head = rest.prefix(Self.lengthBytes)
            guard head.count == Self.lengthBytes else { throw .truncated }
            let length = head.reduce(0) { $0 << 8 | Int($1) }
            let entry = rest.dropFirst(Self.lengthBytes).prefix(length)
            guard entry.count == length else { throw .truncated }
            entries.append(Array(entry))
            rest = rest.dropFirst(Self.lengthBytes + length)
        }
        guard rest.isEmpty else { throw .trailingBytes }
        self.entries = entries
    }

    /// The bundle as it is served.
    public var bytes: [UInt8] {
        entries.reduce(into: []) { bytes, entry in
            bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: entry.count))
            bytes += entry
        }
    }

    /// The hashes of the entries: what the level 0 tile of the same place holds.
    public var leaves: [MerkleHash] { entries.map(MerkleHash.leaf) }
}
