/// Where the bytes of tiles come from: files, a store's table, another node.
public protocol TileSource {
    /// What goes wrong while reading.
    associatedtype Failure: Error

    /// The bytes of one tile, of the width named.
    mutating func bytes(of tile: TileID) throws(Failure) -> [UInt8]
}

/// Why a hash could not be had from tiles.
public enum TileSourceError<Failure: Error>: Error {
    /// The source failed; whether again is worth it, its error says.
    case source(Failure)
    /// The source gave bytes that are not the tile's, or the tree has no such node.
    case tile(TileError)
}

extension TileSourceError: Equatable where Failure: Equatable {}
