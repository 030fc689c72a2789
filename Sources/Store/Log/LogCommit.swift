import Exchange
import GRDB
import TransparencyLog

/// One batch on its way into the file: what it changes, and how each work of it ends.
struct LogCommit {
    /// The tree after it.
    private(set) var tree: TileAppender
    /// The checkpoint over all of it; nil when no entry was added.
    private(set) var checkpoint: SignedCheckpoint?
    /// The nonces that it used up.
    private(set) var used: Set<NonceDigest> = []
    /// The nonces that it forgot.
    private(set) var forgotten: Set<NonceDigest> = []

    private let signers: [NoteSigner]
    private let origin: KeyName
    private let noncesMax: Int
    /// By work: the place of its entry, or why there is none.
    private var places: [Result<EntryIndex?, LogError>] = []
    private var tiles: [Tile] = []

    /// A commit that adds to a tree.
    init(after tree: TileAppender, signers: [NoteSigner], origin: KeyName, noncesMax: Int) {
        self.tree = tree
        self.signers = signers
        self.origin = origin
        self.noncesMax = noncesMax
    }

    /// Writes the batch; requires a transaction.
    ///
    /// - Parameter known: the nonces that are remembered.
    mutating func write(
        _ batch: [LogWork], known: Set<NonceDigest>, at now: Timestamp, to file: LogFile
    ) throws {
        forgotten = Set(try file.forgetNonces(before: now))
        var leaves: [MerkleHash] = []
        for work in batch {
            if let refusal = try use(work, known: known, in: file) {
                places.append(.failure(refusal))
                continue
            }
            guard let entry = work.entry else {
                places.append(.success(nil))
                continue
            }
            let place = tree.size.value + leaves.count
            guard let index = EntryIndex(place) else { throw LogError.stopped }
            try file.insert(entry, at: place)
            if let evidence = work.evidence { try file.insert(evidence, of: place) }
            if let asking = work.asking { try file.take(asking, at: place) }
            leaves.append(.leaf(entry))
            places.append(.success(index))
        }
        if !leaves.isEmpty { try grow(by: leaves, in: file) }
    }

    /// How each work ended, once the checkpoint is promised.
    func outcomes(of batch: [LogWork]) -> [LogQueue.Outcome] {
        var proofs = RecentProofs(in: tree.size, tiles: tiles + tree.edgeTiles)
        return zip(batch, places).map { work, place in
            place.flatMap { index -> LogQueue.Outcome in
                guard let index, let entry = work.entry, let checkpoint else {
                    return .success(nil)
                }
                guard let proof = try? proofs.proof(of: index) else { return .failure(.stopped) }
                let receipt = Receipt(
                    entry: entry, index: index, proof: proof, checkpoint: checkpoint)
                return .success(LoggedEntry(index: index, bytes: entry, receipt: receipt))
            }
        }
    }

    private mutating func grow(by leaves: [MerkleHash], in file: LogFile) throws {
        tiles = try tree.append(leaves)
        for tile in tiles { try file.put(tile) }
        let signed = try SignedCheckpoint(
            Checkpoint(origin: origin, head: tree.head), signedBy: signers)
        try file.put(signed)
        checkpoint = signed
    }

    /// Uses up the work's nonce, if it has one; returns why it may not.
    private mutating func use(
        _ work: LogWork, known: Set<NonceDigest>, in file: LogFile
    ) throws -> LogError? {
        guard let nonce = work.nonce else { return nil }
        let isForgotten = forgotten.contains(nonce)
        guard isForgotten || !known.contains(nonce), !used.contains(nonce) else {
            return .nonceReplayed
        }
        guard known.count - forgotten.count + used.count < noncesMax else {
            return .nonceStoreFull
        }
        try file.insert(nonce, keepUntil: work.keepUntil)
        used.insert(nonce)
        return nil
    }
}
