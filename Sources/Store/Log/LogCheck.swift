import Exchange
import GRDB
import TransparencyLog

/// Compares what the log's file holds with what was promised of it.
struct LogCheck {
    /// The last promised head.
    let promised: TreeHead

    /// What the file holds, when it holds all that was promised, unchanged.
    ///
    /// It reads the tiles of the right edges alone, and the entries below the last tile: the rest an
    /// audit checks.
    ///
    /// - Throws: `LogCheckError`; what reading throws.
    func state(reading db: Database) throws -> LogState {
        let file = LogFile(db)
        let size = try file.size()
        guard promised.size <= size else {
            throw LogCheckError.truncated(has: size, promised: promised.size)
        }
        let state = try LogState(reading: db)
        guard try root(of: promised.size, in: file, size: size) == promised.root,
            try edgeFits(state.tree, file)
        else { throw LogCheckError.altered }
        return state
    }

    /// The root that the tree had at an earlier size.
    private func root(of earlier: TreeSize, in file: LogFile, size: TreeSize) throws -> MerkleHash {
        guard earlier > .zero else { return .empty }
        var hashes = TileHashes(of: size, from: LogTiles(file))
        do {
            guard let root = try ProofPlan.root(of: earlier).hashes(from: &hashes).first else {
                throw LogCheckError.altered
            }
            return root
        } catch TileSourceError<any Error>.source(let error) {
            throw error
        } catch {
            throw LogCheckError.altered
        }
    }

    /// Whether the entries below the last tile are those whose hashes it holds.
    private func edgeFits(_ tree: TileAppender, _ file: LogFile) throws -> Bool {
        guard let last = tree.edgeTiles.first(where: { $0.id.level == 0 }) else { return true }
        let first = last.id.index * TileID.widthMax
        let entries = try file.entries(first..<first + last.id.width)
        return entries.map(MerkleHash.leaf) == last.hashes
    }
}

/// The tiles of the file, for proofs.
struct LogTiles: TileSource {
    private let file: LogFile

    init(_ file: LogFile) { self.file = file }

    func bytes(of tile: TileID) throws(any Error) -> [UInt8] {
        guard let hashes = try file.hashes(of: tile) else { throw LogCheckError.altered }
        return Array(hashes.prefix(tile.byteCount))
    }
}
