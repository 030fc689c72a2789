import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// Checks a copied log without a network: the whole tree against its checkpoint, every earlier checkpoint
/// against the tree, every entry, and all evidence with the signatures of both parties.
public struct LogVerification: Sendable {
    /// How far clocks of one log may step back.
    public static let clockSkewSeconds: Int64 = 60
    /// Findings that are listed; the rest is counted.
    public static let findingsMax = 10_000
    /// How far an entry's date may be on the wrong side of a cosignature's time: what two clocks
    /// differ, and a round of cosigning takes.
    public static let witnessSlackSeconds: Int64 = 120
    /// How old an entry may be that no quorum of witnesses cosigned.
    public static let unwitnessedSecondsMax: Int64 = 3600

    let folder: MirrorFolder
    let given: [(name: String, bytes: [UInt8])]

    /// A check of a folder.
    ///
    /// - Parameter cosigned: cosigned checkpoints from elsewhere, such as a witness or another member,
    ///   by what a finding calls them.
    public init(_ folder: MirrorFolder, cosigned: [(name: String, bytes: [UInt8])] = []) {
        self.folder = folder
        given = cosigned
    }

    /// Checks it.
    ///
    /// - Throws: `AuditFailure` when the folder is none, or a file of it cannot be read.
    public func run() throws(AuditFailure) -> VerificationResult {
        guard let state = try MirrorState(of: folder) else {
            throw .folder("holds no copy of a log")
        }
        let directories = try folder.directories()
        let keys = try LogKeys(of: state.node, in: directories)
        var result = VerificationResult(node: state.node, origin: keys.origin, copiedAt: state.at)
        guard let bytes = try folder.read(MirrorFolder.checkpointName) else {
            throw .file(MirrorFolder.checkpointName, "is missing")
        }
        guard let signed = keys.verified(bytes) else {
            result.add(.checkpointUnsigned, proof: MirrorFolder.checkpointName)
            return result
        }
        let current = directories.filter { $0.version == state.directoryVersion }
        if !current.isEmpty, try LogKeys(of: state.node, in: current).verified(bytes) == nil {
            // Signed by a key that had left when it was copied.
            result.add(.checkpointUnsigned, proof: MirrorFolder.checkpointName)
        }
        let head = signed.checkpoint.head
        result.head = head
        let witnesses = WitnessKeys(of: state.node, in: directories)
        let cosigned = try checkCosigned(head, keys, witnesses, &result)
        try checkTree(
            head, directories, WitnessedEntries(cosigned, quorum: witnesses.quorum), &result)
        try checkEarlier(head, keys, &result)
        return result
    }

    /// The tree, and on the way its entries and their evidence.
    private func checkTree(
        _ head: TreeHead, _ directories: [Directory], _ witnessed: WitnessedEntries,
        _ result: inout VerificationResult
    ) throws(AuditFailure) {
        guard var audit = try? TreeAudit(of: head) else { return }
        var entries = EntryCheck(
            folder: folder, keys: PartyKeys(directories), witnessed: witnessed,
            copiedAt: result.copiedAt)
        while let next = audit.nextBundle {
            for bundle in ReadBundle.read(from: next, of: head.size, in: folder) {
                let id = bundle.id
                switch bundle.content {
                case .failure(let failure): throw failure
                case .success(.missing): return result.add(.fileMissing, proof: id.path)
                case .success(.malformed): return result.add(.treeAltered, proof: id.path)
                case .success(.entries(let read, let leaves)):
                    guard let tiles = try? audit.add(leaves: leaves) else {
                        return result.add(.treeAltered, proof: id.path)
                    }
                    for tile in tiles { try check(tile, &result) }
                    try entries.check(read, from: id.entries.lowerBound, &result)
                }
            }
        }
        guard let edge = try? audit.finish() else {
            return result.add(.treeAltered, proof: MirrorFolder.checkpointName)
        }
        for tile in edge { try check(tile, &result) }
    }

    private func check(
        _ tile: Tile, _ result: inout VerificationResult
    ) throws(AuditFailure) {
        guard let bytes = try folder.read(tile.id.path) else {
            return result.add(.fileMissing, proof: tile.id.path)
        }
        if bytes != tile.bytes { result.add(.tileAltered, proof: tile.id.path) }
    }

    /// Every checkpoint that was kept: signed, and of a beginning of this tree.
    private func checkEarlier(
        _ head: TreeHead, _ keys: LogKeys, _ result: inout VerificationResult
    ) throws(AuditFailure) {
        for size in folder.numbers(in: MirrorFolder.checkpointsName) {
            let name = "\(MirrorFolder.checkpointsName)/\(size)"
            guard let bytes = try folder.read(name), let signed = keys.verified(bytes) else {
                result.add(.checkpointUnsigned, proof: name)
                continue
            }
            let earlier = signed.checkpoint.head
            result.earlierCheckpoints += 1
            if earlier.size > head.size {
                result.add(.logShrunk, proof: name)
            } else if let root = try root(of: earlier.size, in: head.size), root != earlier.root {
                result.add(.logForked, proof: name)
            }
        }
    }

    /// The tree's root at an earlier size; nil where tiles are missing, which was found already.
    func root(of earlier: TreeSize, in size: TreeSize) throws(AuditFailure) -> MerkleHash? {
        do {
            return try folder.root(of: earlier, in: size)
        } catch {
            if case .file = error { return nil }
            throw error
        }
    }
}

/// What a check found.
public struct VerificationResult: Hashable, Sendable {
    /// Whose log.
    public let node: NodeID
    /// The log's name.
    public let origin: String
    /// When it was copied.
    public let copiedAt: Timestamp
    /// The log as its checkpoint has it; nil when that is not signed.
    public internal(set) var head: TreeHead?
    /// Earlier checkpoints that were compared.
    public internal(set) var earlierCheckpoints = 0
    /// Checkpoints with cosignatures that were compared.
    public internal(set) var cosignedCheckpoints = 0
    /// Entries by type; those of a later version under `unknown`.
    public internal(set) var entries: [String: Int] = [:]
    /// Pieces of evidence that were checked.
    public internal(set) var evidence = 0
    /// Entries whose evidence was deleted after its time.
    public internal(set) var evidenceOver = 0
    /// What is wrong, the first `LogVerification.findingsMax`.
    public private(set) var findings: [AuditFinding] = []
    /// How much is wrong.
    public private(set) var findingCount = 0

    init(node: NodeID, origin: String, copiedAt: Timestamp) {
        self.node = node
        self.origin = origin
        self.copiedAt = copiedAt
    }

    mutating func add(_ code: AuditFinding.Code, index: Int? = nil, proof: String? = nil) {
        findingCount += 1
        guard findings.count < LogVerification.findingsMax else { return }
        findings.append(AuditFinding(code, node: node, index: index, proof: proof))
    }
}

extension VerificationResult {
    /// The result as JSON.
    public var json: JSONValue {
        .members([
            "node": .string(node.description),
            "origin": .string(origin),
            "copiedAt": .string(copiedAt.description),
            "size": head.map { .integer($0.size.value) },
            "root": head.map { .string($0.root.description) },
            "earlierCheckpoints": .integer(earlierCheckpoints),
            "cosignedCheckpoints": .integer(cosignedCheckpoints),
            "entries": .object(
                entries.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
            "evidence": .integer(evidence),
            "evidenceOver": .integer(evidenceOver),
            "findingCount": .integer(findingCount),
            "findings": .array(findings.map(\.json)),
        ])
    }
}
