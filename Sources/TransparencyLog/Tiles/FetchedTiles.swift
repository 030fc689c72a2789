/// Tiles that were fetched for one proof, in memory.
public struct FetchedTiles: TileSource, Sendable {
    /// The tile was not fetched.
    public struct Missing: Error {}

    private var tiles: [TileID: [UInt8]] = [:]

    /// No tiles.
    public init() {}

    /// The bytes of a tile.
    ///
    /// - Throws: ``Missing``.
    public func bytes(of tile: TileID) throws(Missing) -> [UInt8] {
        guard let bytes = tiles[tile] else { throw Missing() }
        return bytes
    }

    /// Fetches those that a plan needs in the tree of `size` and that are not there yet.
    ///
    /// - Throws: what fetching throws.
    public mutating func fetch<Failure: Error>(
        for plan: ProofPlan, in size: TreeSize,
        _ tile: (TileID) async throws(Failure) -> [UInt8]
    ) async throws(Failure) {
        for id in Set(plan.nodes.compactMap({ TileID(holding: $0, in: size) }))
        where tiles[id] == nil {
            tiles[id] = try await tile(id)
        }
    }

    /// The hashes of a plan; nil when a tile of it is missing or is none.
    public func hashes(of plan: ProofPlan, in size: TreeSize) -> [MerkleHash]? {
        var hashes = TileHashes(of: size, from: self)
        return try? plan.hashes(from: &hashes)
    }
}
