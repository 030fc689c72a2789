import Exchange
import Membership
import Pseudonym
import TransparencyLog

/// Opens blind evaluations: takes the boxes from the asker's node, opens them with the regulator's own
/// keys, and holds what they say against what the answerer logged and against the query that followed
/// (protocol/opening.md, "Opening").
///
/// What the nodes hand over is kept in the folders, under `opened/`: it is the proof of every finding,
/// and can be opened again without a network.
public struct EvaluationOpening: Sendable {
    private let folders: [MirrorFolder]
    private let keys: [String: OpeningPrivateKey]
    private let now: Timestamp

    /// An opening.
    ///
    /// - Parameters:
    ///   - folders: copies of logs, verified before.
    ///   - keys: the private halves of the opening keys by their names.
    ///   - now: when; evidence whose time is over since a log was copied is not missed.
    public init(
        _ folders: [MirrorFolder], keys: [String: OpeningPrivateKey], at now: Timestamp
    ) {
        self.folders = folders
        self.keys = keys
        self.now = now
    }

    /// Opens what a selection chooses.
    ///
    /// - Parameter source: the nodes that hand over; nil: what they handed over before.
    /// - Throws: `AuditFailure`: a folder is none; no regulator opens here; a key is not held; a node
    ///   cannot be asked.
    public func run(
        _ selection: EntrySelection, from source: (any OpeningSource)?
    ) async throws(AuditFailure) -> OpeningResult {
        var copies: [LogCopy] = []
        for folder in folders { copies.append(try LogCopy(folder)) }
        let directories = copies.flatMap(\.directories).sorted { $0.version < $1.version }
        guard let directory = directories.last, let id = directory.charter.openingRegulator,
            let regulator = directory.member(id)
        else { throw .folder("is of a consortium whose charter names no opening regulator") }
        let selected = try copies.selected(by: selection, of: Set(regulator.supervises))
        let ring = OpeningKeyRing(keys, of: id, in: directories)
        let evidence = EvidenceCheck(keys: PartyKeys(directories))
        var result = OpeningResult(selection: selection, candidates: selected.candidates)
        result.evidenceOver = selected.over
        for var evaluation in selected.evaluations {
            let asker = try await document(of: evaluation.asked, in: evaluation.copy, from: source)
            if asker == nil, isOver(evaluation.asked) {
                result.evidenceOver += 1
                continue
            }
            var answerer: [UInt8]?
            if let answered = evaluation.answered {
                answerer = try await document(of: answered.place, in: answered.copy, from: source)
                // Then it is opened by the asker's side alone.
                if answerer == nil, isOver(answered.place) { evaluation.answered = nil }
            }
            var judgement = BoxJudgement(
                keys: ring, evidence: evidence, consortium: directory.consortium.description,
                evaluation: evaluation, proof: MirrorFolder.openedName(evaluation.asked.index))
            try judgement.judge(asker: asker, answerer: answerer)
            try judgement.follow(
                by: QueryJudgement(
                    evaluation: evaluation, evidence: evidence, answerer: answerer))
            result.evaluations.append(judgement.opened)
            result.findings += judgement.findings
        }
        return result
    }

    /// What lies beside an entry, from its node or as it handed it over before; nil when the node has
    /// nothing.
    private func document(
        of place: LoggedPlace, in copy: LogCopy, from source: (any OpeningSource)?
    ) async throws(AuditFailure) -> [UInt8]? {
        let name = MirrorFolder.openedName(place.index)
        guard let source else {
            let bytes = try copy.folder.read(name)
            guard bytes != nil || isOver(place) else {
                throw .file(name, "was not handed over yet")
            }
            return bytes
        }
        guard let index = EntryIndex(place.index) else { return nil }
        guard let bytes = try await source.evidence(of: index, at: copy.state.node) else {
            return nil
        }
        try copy.folder.write(bytes, to: name)
        return bytes
    }

    /// Whether nobody has to have the evidence of an entry any more.
    private func isOver(_ place: LoggedPlace) -> Bool {
        place.entry.retainUntil.map { $0 <= now } ?? true
    }
}
