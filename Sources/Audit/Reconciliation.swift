import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// Compares several copied logs: every exchange must stand in the logs of both sides, and both must say
/// the same of it. What was copied must be verified before (``LogVerification``).
public struct Reconciliation: Sendable {
    /// How long after a request its log may lack how it ended.
    public static let unfinishedSecondsMax: Int64 = 600
    /// Findings that are listed; the rest is counted.
    public static let findingsMax = 10_000

    private let folders: [MirrorFolder]

    /// A comparison of folders, each with another node's log.
    public init(_ folders: [MirrorFolder]) { self.folders = folders }

    /// Compares them.
    ///
    /// - Throws: `AuditFailure` when a folder is none, cannot be read, or two hold one log.
    public func run() throws(AuditFailure) -> ReconciliationResult {
        var index = ExchangeIndex()
        var result = ReconciliationResult()
        for folder in folders {
            guard let state = try MirrorState(of: folder) else {
                throw .folder("\(folder.folder.lastPathComponent) holds no copy of a log")
            }
            guard result.copied.updateValue(state.at, forKey: state.node) == nil else {
                throw .folder("two folders hold the log of '\(state.node)'")
            }
            try read(folder, state, into: &index, &result)
        }
        compare(index, &result)
        result.findings.sort { ($0.node, $0.index ?? -1) < ($1.node, $1.index ?? -1) }
        return result
    }

    private func read(
        _ folder: MirrorFolder, _ state: MirrorState, into index: inout ExchangeIndex,
        _ result: inout ReconciliationResult
    ) throws(AuditFailure) {
        guard let bytes = try folder.read(MirrorFolder.checkpointName),
            let signed = try LogKeys(of: state.node, in: folder.directories()).verified(bytes)
        else { throw .file(MirrorFolder.checkpointName, "is missing, or not signed by the log") }
        let present = folder.evidencePlaces()
        var entries = MirroredEntries(of: folder, size: signed.checkpoint.head.size)
        while let bundle = try entries.next() {
            for (place, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), entry.node == state.node else {
                    continue
                }
                index.add(entry, at: place)
                guard entry.needsEvidence, let end = entry.retainUntil,
                    !present.contains(place)
                else { continue }
                if end > state.at {
                    result.add(.evidenceMissing, node: state.node, index: place)
                } else {
                    result.evidenceOver += 1
                }
            }
        }
    }

    private func compare(_ index: ExchangeIndex, _ result: inout ReconciliationResult) {
        result.exchanges = Set(index.asked.keys).union(index.answered.keys).count
        for side in index.repeated { result.add(.sidesDiffer, side) }
        for (request, answered) in index.answered {
            guard let asked = index.asked[request] else {
                // A log that was copied before the answer cannot have what came after.
                if result.reaches(answered.parties.asker, answered.at) {
                    result.add(.askerLacks, answered, other: answered.parties.asker)
                }
                continue
            }
            if !asked.agrees(with: answered) {
                result.add(.sidesDiffer, asked, other: answered.node)
            }
        }
        for (request, asked) in index.asked {
            compare(asked, index.ended[request], index.answered[request], &result)
        }
        compareHits(index, &result)
        compareFilters(index, &result)
    }

    /// What the asker says of the end, with what the answerer says.
    private func compare(
        _ asked: ExchangeSide, _ ended: ExchangeSide?, _ answered: ExchangeSide?,
        _ result: inout ReconciliationResult
    ) {
        guard let ended else {
            let patience = asked.at.advanced(bySeconds: Self.unfinishedSecondsMax)
            if result.reaches(asked.node, patience) { result.add(.askedUnfinished, asked) }
            return
        }
        if !ended.agrees(with: asked) { result.add(.sidesDiffer, ended) }
        let answerer = asked.parties.answerer
        switch (ended.type, answered) {
        case (.evaluationAnswered, nil), (.queryAnswered, nil):
            if result.reaches(answerer, ended.at) {
                result.add(.answererLacks, ended, other: answerer)
            }
        case (.evaluationAnswered, let answered?), (.queryAnswered, let answered?):
            if ended.response != answered.response {
                result.add(.sidesDiffer, ended, other: answerer)
            }
        case (.evaluationInvalid, _?), (.queryInvalid, _?):
            result.add(.answerDisputed, ended, other: answerer)
        default: break
        }
    }

    /// Every filter that an asker used must be announced in its node's log.
    private func compareFilters(_ index: ExchangeIndex, _ result: inout ReconciliationResult) {
        for used in index.used {
            let answerer = used.side.parties.answerer
            guard result.reaches(answerer, used.side.at),
                index.announced[answerer]?.contains(used.digest) != true
            else { continue }
            result.add(.filterUnannounced, used.side, other: answerer)
        }
    }

    /// Every hit in a filter must be followed by a query of the same member to the same node.
    private func compareHits(_ index: ExchangeIndex, _ result: inout ReconciliationResult) {
        var open: [ExchangeParties: Int] = [:]
        for ended in index.ended.values where ended.isEvaluation {
            open[ended.parties, default: 0] += ended.outcomes?.found ?? 0
        }
        for asked in index.asked.values where !asked.isEvaluation {
            open[asked.parties, default: 0] -= asked.count ?? 0
        }
        for (parties, hits) in open where hits > 0 {
            result.add(.hitsNotAsked, node: parties.asker, other: parties.answerer)
        }
    }
}

/// What a comparison found.
public struct ReconciliationResult: Sendable, Equatable {
    /// The logs, and when each was copied.
    public internal(set) var copied: [NodeID: Timestamp] = [:]
    /// Requests that stand in one of the logs, or in both sides'.
    public internal(set) var exchanges = 0
    /// Entries whose evidence was deleted after its time.
    public internal(set) var evidenceOver = 0
    /// What is wrong, the first `Reconciliation.findingsMax`.
    public internal(set) var findings: [AuditFinding] = []
    /// How much is wrong.
    public private(set) var findingCount = 0

    /// Whether the log of a node is here, and was copied after a moment and the skew of clocks.
    func reaches(_ node: NodeID, _ moment: Timestamp) -> Bool {
        guard let at = copied[node] else { return false }
        return at.seconds(since: moment) > ExchangeLimits.clockSkewSeconds
    }

    mutating func add(_ code: AuditFinding.Code, _ side: ExchangeSide, other: NodeID? = nil) {
        add(code, node: side.node, index: side.index, other: other)
    }

    mutating func add(
        _ code: AuditFinding.Code, node: NodeID, index: Int? = nil, other: NodeID? = nil
    ) {
        findingCount += 1
        guard findings.count < Reconciliation.findingsMax else { return }
        let proof = index.flatMap { EntryBundleID(index: $0 / TileID.widthMax) }?.path
        findings.append(
            AuditFinding(code, node: node, index: index, other: other, proof: proof))
    }
}

extension ReconciliationResult {
    /// The result as JSON.
    public var json: JSONValue {
        [
            "logs": .array(
                copied.sorted { $0.key < $1.key }.map { node, at in
                    ["node": .string(node.description), "copiedAt": .string(at.description)]
                }),
            "exchanges": .integer(exchanges),
            "evidenceOver": .integer(evidenceOver),
            "findingCount": .integer(findingCount),
            "findings": .array(findings.map(\.json)),
        ]
    }
}
