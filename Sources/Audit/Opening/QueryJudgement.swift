import Exchange
import Membership
import Pseudonym
import StrictJSON

/// Finds the query that followed an opened element, and judges whether it states what the box does.
struct QueryJudgement {
    let evaluation: SelectedEvaluation
    let evidence: EvidenceCheck
    /// The document beside the answerer's entry, where it is there.
    let answerer: [UInt8]?

    /// The query that followed about a subject, and what is wrong with it.
    ///
    /// Where several followed, as when somebody asked twice, it is the first with which nothing is
    /// wrong: the others have evaluations of their own. If there is none, it is the first.
    func judge(
        _ subject: OpenedSubject
    ) throws(AuditFailure) -> (query: Int?, faults: [AuditFinding.Code]) {
        guard let token = try token(of: subject) else { return (nil, []) }
        var first: (query: Int?, faults: [AuditFinding.Code])?
        for place in evaluation.queries {
            guard let document = try document(of: place), let request = Self.query(document),
                let query = request.queries.first(where: { $0.token == token })
            else { continue }
            var faults = evidence.faults(of: document.evidence, beside: place.entry, asked: nil)
            if request.purpose != subject.content.purpose { faults.append(.purposeDiffers) }
            if query.consent.reference != subject.content.consent
                || query.consent.evidenceDigest != subject.content.evidenceDigest
            {
                faults.append(.consentDiffers)
            }
            if faults.isEmpty { return (place.index, []) }
            first = first ?? (place.index, faults)
        }
        return first ?? (nil, [])
    }

    /// What the answering node calls the subject, by what it answered; nil when no answer is there.
    private func token(of subject: OpenedSubject) throws(AuditFailure) -> Token? {
        let content = subject.content
        guard let consortium = evaluation.copy.directories.last?.consortium.description,
            let blinding = OpenedBlinding(
                consortium: consortium, scheme: content.scheme, normalForm: content.identifier,
                blind: content.blind)
        else { return nil }
        var documents = [answerer.flatMap(EntryCheck.evidence)]
        if let ended = evaluation.ended { documents.append(try document(of: ended)) }
        for document in documents {
            guard let answer = document?.evidence.answer, answer.status == 200,
                let elements = Self.evaluated(answer.body), subject.item < elements.count
            else { continue }
            return blinding.token(evaluated: elements[subject.item])
        }
        return nil
    }

    /// What lies beside an entry of the asker's, as it was copied.
    private func document(of place: LoggedPlace) throws(AuditFailure) -> ServedEvidence? {
        let name = MirrorFolder.evidenceName(place.index)
        guard let served = try evaluation.copy.folder.read(name).flatMap(EntryCheck.evidence),
            served.entry == place.bytes
        else { return nil }
        return served
    }

    private static func query(_ document: ServedEvidence) -> QueryRequest? {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)
        guard let body = document.evidence.request?.body,
            let json = try? JSONValue(parsing: body, limits: limits)
        else { return nil }
        return try? QueryRequest(json: json) { _, _ in }
    }

    private static func evaluated(_ body: [UInt8]) -> [EvaluatedElement]? {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        return (try? JSONValue(parsing: body, limits: limits))
            .flatMap { try? EvaluationAnswer(json: $0) }?.elements
    }
}
