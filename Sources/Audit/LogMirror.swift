import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// Copies a log into a folder and checks all that it copies: what is in the folder afterwards is one log
/// that only grew since the last copy.
///
/// A copy that was interrupted goes on where it was: full bundles that are there are not fetched again,
/// but hashed again. The checkpoint is written last, so that until then the folder is the copy before.
public struct LogMirror: Sendable {
    /// Bundles, or pieces of evidence, that are fetched at the same time: enough to hide the way to the
    /// node, and within the connections that one client has to it.
    public static let requestsAtOnceMax = 4

    let node: NodeID
    let folder: MirrorFolder
    let source: any MirrorSource
    private let directory: Directory
    let now: Timestamp

    /// A copy of a node's log.
    ///
    /// - Parameters:
    ///   - node: whose log.
    ///   - directory: whose keys are believed; it is kept in the folder.
    ///   - now: when; evidence whose time is over is not asked for.
    public init(
        of node: NodeID, from source: any MirrorSource, to folder: MirrorFolder,
        directory: Directory, at now: Timestamp
    ) {
        self.node = node
        self.source = source
        self.folder = folder
        self.directory = directory
        self.now = now
    }

    /// Copies what is new.
    ///
    /// - Throws: `AuditFailure`; `.untrue` when the log serves what cannot be: the folder then holds
    ///   the checkpoint that shows it, under `alarms/`.
    public func run() async throws(AuditFailure) -> MirrorResult {
        let before = try MirrorState(of: folder)
        if let before, before.node != node {
            throw .folder("holds the log of '\(before.node)'")
        }
        try folder.keep(directory)
        let directories = try folder.directories()
        let keys = try LogKeys(of: node, in: directories)
        let cosigned = try await cosigned(keys, WitnessKeys(of: node, in: directories))
        let signed = try await checkpoint(keys)
        let head = signed.checkpoint.head
        let known = try knownHead(keys)
        if let known, try await !grew(from: known, to: head) {
            throw try alarm(.logForked, signed)
        }
        try await keep(cosigned, before: signed)
        try await copyTree(head, after: known)
        try keepCheckpoint(signed, known: known)
        try MirrorState(
            node: node, origin: keys.origin, at: now, directoryVersion: directory.version
        ).write(to: folder)
        let evidence = try await copyEvidence(head.size)
        return MirrorResult(
            head: head, newEntries: head.size.value - (known?.size.value ?? 0),
            evidence: evidence.copied, missingEvidence: evidence.missing,
            evidenceOver: evidence.over,
            cosigned: cosigned.map(\.head.size).max())
    }

    /// The log's checkpoint now, which must not be older than what the folder has.
    private func checkpoint(_ keys: LogKeys) async throws(AuditFailure) -> SignedCheckpoint {
        let bytes = try await source.checkpoint()
        // What is said now must be signed by a key of now: one that has left may have been lost.
        guard let signed = keys.verified(bytes),
            try LogKeys(of: node, in: [directory]).verified(bytes) != nil
        else { throw .untrue(AuditFinding(.checkpointUnsigned, node: node)) }
        guard let known = try knownHead(keys) else { return signed }
        let head = signed.checkpoint.head
        if head.size < known.size { throw try alarm(.logShrunk, signed) }
        if head.size == known.size, head.root != known.root { throw try alarm(.logForked, signed) }
        return signed
    }

    /// Whether the log's tiles prove that it only grew.
    func grew(
        from known: TreeHead, to head: TreeHead
    ) async throws(AuditFailure) -> Bool {
        guard known.size > .zero else { return true }
        guard let plan = try? ProofPlan.consistency(from: known.size, to: head.size) else {
            return false
        }
        var tiles = FetchedTiles()
        try await tiles.fetch(for: plan, in: head.size) { id throws(AuditFailure) in
            try await source.tile(id)
        }
        guard let hashes = tiles.hashes(of: plan, in: head.size),
            let proof = try? ConsistencyProof(hashes: hashes)
        else { return false }
        return (try? proof.verify(from: known, to: head)) != nil
    }

    private func knownHead(_ keys: LogKeys) throws(AuditFailure) -> TreeHead? {
        guard let bytes = try folder.read(MirrorFolder.checkpointName) else { return nil }
        guard let signed = keys.verified(bytes) else {
            throw .file(MirrorFolder.checkpointName, "is not signed by the log's keys")
        }
        return signed.checkpoint.head
    }

    /// Keeps the checkpoint that shows what is wrong.
    private func alarm(
        _ code: AuditFinding.Code, _ signed: SignedCheckpoint
    ) throws(AuditFailure) -> AuditFailure {
        let head = signed.checkpoint.head
        let name = "alarms/\(head.size)-\(now.secondsSinceEpoch)"
        try folder.write(signed.note.bytes, to: name)
        return .untrue(AuditFinding(code, node: node, proof: name))
    }

    /// Copies bundles and tiles behind the last full bundle that was verified before.
    private func copyTree(_ head: TreeHead, after known: TreeHead?) async throws(AuditFailure) {
        guard head.size > .zero else { return }
        let start = (known?.size.value ?? 0) / TileID.widthMax * TileID.widthMax
        let tree = try TreeSize(start).flatMap { size throws(AuditFailure) in
            try folder.tree(of: size)
        }
        guard var audit = try? TreeAudit(of: head, after: tree ?? TileAppender()) else {
            throw .folder("its tiles are not those of its checkpoint")
        }
        while let next = audit.nextBundle {
            let index = next.entries.lowerBound / TileID.widthMax
            let ids = (index..<index + Self.requestsAtOnceMax).compactMap {
                EntryBundleID(index: $0, in: head.size)
            }
            let bundles = try await ids.mappedAtOnce { id throws(AuditFailure) in
                try await copy(id)
            }
            var tiles: [Tile] = []
            for (id, bundle) in zip(ids, bundles) {
                guard let full = try? audit.add(bundle) else {
                    throw .untrue(AuditFinding(.treeAltered, node: node, proof: id.path))
                }
                tiles += full
            }
            _ = try await tiles.mappedAtOnce { tile throws(AuditFailure) in try await copy(tile) }
        }
        guard let edge = try? audit.finish() else {
            throw .untrue(AuditFinding(.treeAltered, node: node))
        }
        for tile in edge { try await copy(tile) }
    }

    private func copy(_ id: EntryBundleID) async throws(AuditFailure) -> EntryBundle {
        if id.tile.isFull, let bytes = try folder.read(id.path),
            let bundle = try? EntryBundle(bytes: bytes, count: id.width)
        {
            return bundle
        }
        let bytes = try await source.entries(id)
        guard let bundle = try? EntryBundle(bytes: bytes, count: id.width) else {
            throw .untrue(AuditFinding(.treeAltered, node: node, proof: id.path))
        }
        try folder.write(bytes, to: id.path)
        return bundle
    }

    /// Keeps a tile as the entries make it; the log must serve just that.
    private func copy(_ tile: Tile) async throws(AuditFailure) {
        guard !folder.has(tile.id.path) || !tile.id.isFull else { return }
        guard try await source.tile(tile.id) == tile.bytes else {
            throw .untrue(AuditFinding(.tileAltered, node: node, proof: tile.id.path))
        }
        try folder.write(tile.bytes, to: tile.id.path)
    }

    private func keepCheckpoint(
        _ signed: SignedCheckpoint, known: TreeHead?
    ) throws(AuditFailure) {
        let name = MirrorFolder.checkpointName
        if let known, known.size < signed.checkpoint.head.size, let old = try folder.read(name) {
            try folder.write(old, to: "\(MirrorFolder.checkpointsName)/\(known.size)")
        }
        try folder.write(signed.note.bytes, to: name)
    }

    /// Copies the evidence of all entries that must have some and of which there is none here.
    private func copyEvidence(
        _ size: TreeSize
    ) async throws(AuditFailure) -> (copied: Int, missing: Int, over: Int) {
        var (copied, missing, over) = (0, 0, 0)
        let present = folder.evidencePlaces()
        var entries = MirroredEntries(of: folder, size: size)
        while let bundle = try entries.next() {
            let lacking = zip(bundle.places, bundle.entries).compactMap { place, bytes in
                present.contains(place) ? nil : WantedEvidence(of: bytes, at: place)
            }
            let wanted = lacking.filter { $0.end > now }
            over += lacking.count { $0.end <= now && $0.isNeeded }
            for start in stride(from: 0, to: wanted.count, by: Self.requestsAtOnceMax) {
                let part = Array(wanted[start...].prefix(Self.requestsAtOnceMax))
                let isCopied = try await part.mappedAtOnce { wanted throws(AuditFailure) in
                    try await copy(wanted)
                }
                copied += isCopied.count { $0 }
                missing += zip(part, isCopied).count { $0.isNeeded && !$1 }
            }
        }
        return (copied, missing, over)
    }

    /// Evidence that the log has, or had.
    private struct WantedEvidence: Sendable {
        let index: EntryIndex
        let end: Timestamp
        let isNeeded: Bool

        /// Nil for an entry that has none.
        init?(of bytes: [UInt8], at place: Int) {
            guard let index = EntryIndex(place), let entry = try? LogEntry(bytes: bytes),
                let end = entry.retainUntil
            else { return nil }
            self.index = index
            self.end = end
            isNeeded = entry.needsEvidence
        }
    }

    /// Copies evidence; returns whether there is any.
    private func copy(_ wanted: WantedEvidence) async throws(AuditFailure) -> Bool {
        guard let evidence = try await source.evidence(of: wanted.index) else { return false }
        try folder.write(evidence, to: MirrorFolder.evidenceName(wanted.index.value))
        return true
    }
}

/// What a copy did.
public struct MirrorResult: Hashable, Sendable {
    /// The log as it is copied now.
    public let head: TreeHead
    /// Entries that were not there before.
    public let newEntries: Int
    /// Pieces of evidence that were copied.
    public let evidence: Int
    /// Entries whose evidence the log should still have, and has not.
    public let missingEvidence: Int
    /// Entries whose evidence was not copied, since its time is over.
    public let evidenceOver: Int
    /// The largest size that witnesses cosigned; nil when none did.
    public let cosigned: TreeSize?
}

extension MirrorResult {
    /// The result as JSON.
    public var json: JSONValue {
        .members([
            "size": .integer(head.size.value),
            "root": .string(head.root.description),
            "newEntries": .integer(newEntries),
            "evidence": .integer(evidence),
            "missingEvidence": .integer(missingEvidence),
            "evidenceOver": .integer(evidenceOver),
            "cosignedSize": cosigned.map { .integer($0.value) },
        ])
    }
}

extension MirrorFolder {
    static let checkpointName = "checkpoint"
    static let checkpointsName = "checkpoints"

    /// The entries of which evidence is here.
    func evidencePlaces() -> Set<Int> { Set(numbers(in: "evidence")) }

    static func evidenceName(_ index: Int) -> String { "evidence/\(index)" }
}
