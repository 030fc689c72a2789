import Exchange
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Judges what lies beside one evaluation: whether its boxes open, and make just the elements that the
/// answerer was asked.
struct BoxJudgement {
    let keys: OpeningKeyRing
    let evidence: EvidenceCheck
    /// The consortium whose subjects are asked about.
    let consortium: String
    let evaluation: SelectedEvaluation
    /// In the asker's folder: what its node handed over.
    let proof: String

    private(set) var opened: OpenedEvaluation
    private(set) var findings: [AuditFinding] = []

    init(
        keys: OpeningKeyRing, evidence: EvidenceCheck, consortium: String,
        evaluation: SelectedEvaluation, proof: String
    ) {
        self.keys = keys
        self.evidence = evidence
        self.consortium = consortium
        self.evaluation = evaluation
        self.proof = proof
        opened = OpenedEvaluation(
            node: evaluation.parties.asker, index: evaluation.asked.index,
            member: evaluation.parties.member, answerer: evaluation.parties.answerer,
            at: evaluation.asked.entry.at)
    }

    /// Judges the asker's evidence, with that of the answerer where its log is there.
    ///
    /// - Parameters:
    ///   - asker: the document beside the asker's entry; nil when its node has none.
    ///   - answerer: that beside the answerer's; nil when its log is not here, or has none.
    mutating func judge(asker: [UInt8]?, answerer: [UInt8]?) throws(AuditFailure) {
        let asked = evaluation.asked
        guard let asker else { return add(.evidenceMissing) }
        guard let served = EntryCheck.evidence(asker), served.index.value == asked.index,
            served.entry == asked.bytes
        else { return add(.evidenceMalformed) }
        for fault in evidence.faults(of: served.evidence, beside: asked.entry, asked: nil) {
            add(fault)
        }
        guard let request = served.evidence.request.flatMap(Self.request) else {
            return add(.evidenceMalformed)
        }
        opened.elements = request.elements.count
        let theirs = try answererElements(answerer)
        try judge(
            served.evidence.boxes, of: request,
            elements: theirs ?? request.elements.map(\.bytes))
    }

    private mutating func judge(
        _ boxes: [[UInt8]], of request: EvaluationRequest, elements: [[UInt8]]
    ) throws(AuditFailure) {
        if request.sealed == nil {
            add(.sealedMissing)
        } else if request.sealed != SealedBoxes(boxes).digest {
            add(.sealedDiffers)
        }
        for (item, element) in elements.enumerated() {
            guard item < boxes.count else {
                add(.boxMissing, item: item)
                continue
            }
            try judge(boxes[item], item: item, element: element)
        }
    }

    private mutating func judge(
        _ box: [UInt8], item: Int, element: [UInt8]
    ) throws(AuditFailure) {
        guard let found = try keys.open(box, madeAt: evaluation.asked.entry.at),
            let content = BoxContent(bytes: found.content), content.opening == found.kid
        else { return add(.boxUnreadable, item: item) }
        let blinding = OpenedBlinding(
            consortium: consortium, scheme: content.scheme, normalForm: content.identifier,
            blind: content.blind)
        guard content.element == element, blinding?.element.bytes == element else {
            return add(.elementDiffers, item: item)
        }
        if let purpose = evaluation.asked.entry.purpose, purpose.rawValue != content.purpose {
            add(.purposeDiffers, item: item)
        }
        opened.subjects.append(OpenedSubject(item: item, content: content))
    }

    /// The elements that the answerer logged; nil when its side is not there.
    private mutating func answererElements(
        _ document: [UInt8]?
    ) throws(AuditFailure) -> [[UInt8]]? {
        guard let answered = evaluation.answered else { return nil }
        let name = MirrorFolder.openedName(answered.place.index)
        guard let document else {
            return lacking(.evidenceMissing, answered, proof: nil)
        }
        guard let served = EntryCheck.evidence(document),
            served.index.value == answered.place.index, served.entry == answered.place.bytes,
            let items = served.evidence.request.flatMap({ RequestItems(of: $0.body) })
        else { return lacking(.evidenceMalformed, answered, proof: name) }
        let faults = evidence.faults(
            of: served.evidence, beside: answered.place.entry, asked: nil)
        for fault in faults { _ = lacking(fault, answered, proof: name) }
        guard faults.isEmpty else { return nil }
        opened.isCompared = true
        return items.values
    }

    /// A finding in the answerer's log.
    private mutating func lacking(
        _ code: AuditFinding.Code, _ answered: (copy: LogCopy, place: LoggedPlace), proof: String?
    ) -> [[UInt8]]? {
        findings.append(
            AuditFinding(
                code, node: answered.copy.state.node, index: answered.place.index,
                other: evaluation.parties.asker, proof: proof))
        return nil
    }

    /// Takes what a look at the queries that followed found.
    mutating func follow(by judgement: QueryJudgement) throws(AuditFailure) {
        for number in opened.subjects.indices {
            let result = try judgement.judge(opened.subjects[number])
            opened.subjects[number].query = result.query
            for code in result.faults { add(code, item: opened.subjects[number].item) }
        }
    }

    private mutating func add(_ code: AuditFinding.Code, item: Int? = nil) {
        findings.append(
            AuditFinding(
                code, node: evaluation.parties.asker, index: evaluation.asked.index, item: item,
                other: evaluation.parties.answerer, proof: proof))
    }

    private static func request(_ evidence: RequestEvidence) -> EvaluationRequest? {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)
        return (try? JSONValue(parsing: evidence.body, limits: limits)).flatMap { json in
            try? EvaluationRequest(json: json) { _, _ in }
        }
    }
}

extension MirrorFolder {
    /// Where evidence lies that was handed over for an opening.
    static func openedName(_ index: Int) -> String { "opened/\(index)" }
}
