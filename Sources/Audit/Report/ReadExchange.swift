import Exchange
import HTTPSignatures
import Pseudonym
import StrictJSON

/// Why something was refused, as a log's evidence shows it. Codes are of the closed lists alone: what a
/// node writes in their place is not repeated.
struct ReadRefusal: Hashable, Comparable {
    /// What was refused.
    enum Extent: String, CaseIterable {
        case request
        case subject
        case record
    }

    let extent: Extent
    let code: String

    static let unknown = "unknown"

    static func < (left: ReadRefusal, right: ReadRefusal) -> Bool {
        (left.code, left.extent.rawValue) < (right.code, right.extent.rawValue)
    }
}

/// What the messages beside an entry say, as far as a report needs it. Whether they are signed, and
/// those of the entry, is what a verification says.
struct ReadExchange {
    /// How one query ended.
    enum Outcome: Hashable { case found, none, refused, unreadable }

    /// The consents of the queries in their order; nil for one that is none.
    let consents: [Consent?]
    /// How they ended, in their order.
    let outcomes: [Outcome]
    /// What was refused.
    let refusals: [ReadRefusal]

    /// What evidence says.
    init(_ evidence: Evidence) {
        consents = evidence.request.map(Self.consents) ?? []
        guard let answer = evidence.answer else {
            (outcomes, refusals) = ([], [])
            return
        }
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        let json = try? JSONValue(parsing: answer.body, limits: limits)
        var reader = json.flatMap { try? JSONObjectReader($0) }
        guard answer.status == 200 else {
            let code = reader?.optional("code")?.text.flatMap(ProblemCode.init)?.rawValue
            outcomes = []
            refusals = [ReadRefusal(extent: .request, code: code ?? ReadRefusal.unknown)]
            return
        }
        let results = reader?.optional("results")?.elements ?? []
        outcomes = results.map(Self.outcome)
        refusals = results.flatMap(Self.refusals)
    }

    private static func consents(of request: RequestEvidence) -> [Consent?] {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)
        guard let json = try? JSONValue(parsing: request.body, limits: limits),
            var reader = try? JSONObjectReader(json),
            let queries = reader.optional("queries")?.elements
        else { return [] }
        return queries.map { query in
            guard var reader = try? JSONObjectReader(query),
                let consent = reader.optional("consent")
            else { return nil }
            return try? Consent(json: consent, path: "consent")
        }
    }

    private static func outcome(_ result: JSONValue) -> Outcome {
        var reader = try? JSONObjectReader(result)
        return switch reader?.optional("outcome")?.text {
        case "found": .found
        case "none": .none
        case "refused": .refused
        default: .unreadable
        }
    }

    private static func refusals(_ result: JSONValue) -> [ReadRefusal] {
        guard var reader = try? JSONObjectReader(result) else { return [] }
        if reader.optional("outcome")?.text == "refused" {
            return [ReadRefusal(extent: .subject, code: code(reader.optional("code")))]
        }
        return (reader.optional("withheld")?.elements ?? []).map { record in
            var reader = try? JSONObjectReader(record)
            return ReadRefusal(extent: .record, code: code(reader?.optional("code")))
        }
    }

    private static func code(_ value: JSONValue?) -> String {
        value?.text.flatMap(RefusalCode.init)?.rawValue ?? ReadRefusal.unknown
    }
}

extension MirrorFolder {
    /// The evidence of an entry; nil when there is none here, or it is none.
    func evidence(of index: Int) throws(AuditFailure) -> Evidence? {
        try evidence(of: index, in: Self.evidenceName(index))
    }

    /// The boxes of an entry, as its node handed them over to be opened; none when it did not.
    func boxes(of index: Int) throws(AuditFailure) -> [[UInt8]] {
        try evidence(of: index, in: Self.openedName(index))?.boxes ?? []
    }

    private func evidence(of index: Int, in name: String) throws(AuditFailure) -> Evidence? {
        guard let bytes = try read(name),
            let json = try? JSONValue(parsing: bytes, limits: Evidence.jsonLimits),
            let served = try? ServedEvidence(json: json), served.index.value == index
        else { return nil }
        return served.evidence
    }
}
