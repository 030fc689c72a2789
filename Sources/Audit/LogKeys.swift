import Exchange
import Membership
import TransparencyLog

/// The keys of one node's log, over all directories given: a checkpoint stays valid when a key has left.
struct LogKeys {
    /// The log's name.
    let origin: String
    /// Its keys.
    let keys: [NoteKey]

    /// The keys of a node.
    ///
    /// - Throws: `AuditFailure.folder` when no directory lists a log of the node, or a key of it is
    ///   weak.
    init(of node: NodeID, in directories: [Directory]) throws(AuditFailure) {
        let logs = directories.compactMap { $0.node(node)?.log }
        guard let origin = logs.last?.origin else {
            throw .folder("the directory lists no log of '\(node)'")
        }
        let texts = Set(logs.flatMap(\.verifierKeys).map(\.description))
        keys = texts.sorted().compactMap { NoteKey($0) }
        guard keys.count == texts.count else {
            throw .folder("a key of the log of '\(node)' does not bind its holder")
        }
        self.origin = origin
    }

    /// A checkpoint whose signature by this log was verified; nil for any other.
    func verified(_ bytes: [UInt8]) -> SignedCheckpoint? {
        guard let checkpoint = try? SignedCheckpoint(bytes: bytes),
            (try? checkpoint.verified(log: keys)) != nil
        else { return nil }
        return checkpoint
    }
}

extension MirrorFolder {
    /// The root that the tree of `size`, whose tiles are here, had at an earlier size.
    func root(of earlier: TreeSize, in size: TreeSize) throws(AuditFailure) -> MerkleHash? {
        guard earlier > .zero else { return .empty }
        var hashes = TileHashes(of: size, from: self)
        do throws(TileSourceError<AuditFailure>) {
            return try ProofPlan.root(of: earlier).hashes(from: &hashes).first
        } catch {
            if case .source(let failure) = error { throw failure }
            return nil
        }
    }

    /// The tree of a size that is a multiple of 256, from its tiles, which are here; nil when they
    /// are not of it.
    func tree(of size: TreeSize) throws(AuditFailure) -> TileAppender? {
        var edge: [Tile] = []
        for id in TileID.edge(of: size) {
            guard let tile = try? Tile(id, bytes: try bytes(of: id)) else { return nil }
            edge.append(tile)
        }
        return try? TileAppender(size: size, edge: edge)
    }
}
