import Membership
import Pseudonym
import StrictJSON

/// `POST /v1/queries`: what is held under these tokens, for one purpose (protocol/messages.md).
public struct QueryRequest: Sendable {
    /// The member that asks.
    public let member: MemberID
    /// The key under which the tokens are.
    public let kid: String
    /// One purpose for the whole batch.
    public let purpose: String
    /// 1 to `ExchangeLimits.queriesMax`.
    public let queries: [SubjectQuery]

    /// Makes a request.
    public init(member: MemberID, kid: String, purpose: String, queries: [SubjectQuery]) {
        self.member = member
        self.kid = kid
        self.purpose = purpose
        self.queries = queries
    }
}

/// One subject of a query.
public struct SubjectQuery: Sendable {
    /// The subject's token under the answering node's key.
    public let token: Token
    /// Proof that the asker knows the name; charter says whether it may be left out.
    public let nameCheck: NameCheck?
    /// The asker's consent.
    public let consent: Consent

    /// Makes a query.
    public init(token: Token, nameCheck: NameCheck?, consent: Consent) {
        self.token = token
        self.nameCheck = nameCheck
        self.consent = consent
    }
}

extension QueryRequest {
    /// The message as JSON.
    public var json: JSONValue {
        [
            "member": .string(member.description),
            "kid": .string(kid),
            "purpose": .string(purpose),
            "queries": .array(queries.map(\.json)),
        ]
    }

    /// Reads a request. `admit` judges member and key before the batch is counted, and the batch is
    /// counted before its items are read.
    public init(
        json: JSONValue, admit: (MemberID, _ kid: String) throws(Problem) -> Void
    ) throws(Problem) {
        let queries: [JSONValue]
        do throws(JSONError) {
            var reader = try JSONObjectReader(json)
            member = try reader.member()
            kid = try reader.kid()
            purpose = try reader.required("purpose", "a purpose", \.text)
            queries = try reader.required("queries", "an array", \.elements)
            try reader.refuseUnknown()
        } catch {
            throw Problem(error)
        }
        try admit(member, kid)
        let bounds = 1...ExchangeLimits.queriesMax
        guard bounds.contains(queries.count) else {
            throw Problem(
                .batchSize, "queries must hold \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        self.queries = try queries.mapIndexed { value, index throws(Problem) in
            try SubjectQuery(json: value, path: "queries[\(index)]")
        }
    }
}

extension SubjectQuery {
    fileprivate var json: JSONValue {
        .members([
            "token": .string(Base64URL.encode(token.bytes)),
            "nameCheck": nameCheck.map { .string(Base64URL.encode($0.bytes)) },
            "consent": consent.json,
        ])
    }

    fileprivate init(json: JSONValue, path: String) throws(Problem) {
        let consent: JSONValue
        do throws(JSONError) {
            var reader = try JSONObjectReader(json, path: path)
            token = try reader.required("token", "32 bytes in base64url") { value in
                value.bytes(count: 32).flatMap { try? Token(bytes: $0) }
            }
            nameCheck = try reader.optional("nameCheck", "16 bytes in base64url") { value in
                value.bytes(count: 16).flatMap { NameCheck(bytes: $0) }
            }
            consent = reader.optional("consent") ?? .null
            try reader.refuseUnknown()
        } catch {
            throw Problem(error)
        }
        guard consent != .null else {
            throw Problem(.invalidConsent, "\(path).consent is missing")
        }
        self.consent = try Consent(json: consent, path: "\(path).consent")
    }
}

/// The answer to a query: one result for each subject, in the order asked.
public struct QueryAnswer: Sendable {
    /// The key under which the tokens were.
    public let kid: String
    /// The moment of the answer.
    public let asOf: Timestamp
    /// One result a query.
    public let results: [QueryResult]
    /// On which consents the results rest, one list a query; the node that answers knows them, and tells
    /// them to its log alone.
    public let consents: [[RestingConsent]]

    /// Makes an answer.
    public init(
        kid: String, asOf: Timestamp, results: [QueryResult], consents: [[RestingConsent]] = []
    ) {
        self.kid = kid
        self.asOf = asOf
        self.results = results
        self.consents = consents
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "kid": .string(kid),
            "asOf": .string(asOf.description),
            "results": .array(results.map(\.json)),
        ]
    }

    /// Reads an answer to a query of `count` subjects.
    public init(json: JSONValue, count: Int) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        kid = try reader.kid()
        asOf = try reader.timestamp("asOf")
        let results = try reader.required("results", "one result a query") { value in
            value.elements.flatMap { $0.count == count ? $0 : nil }
        }
        consents = []
        self.results = try results.mapIndexed { value, index throws(JSONError) in
            try QueryResult(json: value, path: "results[\(index)]")
        }
    }
}

/// What a node says of one subject.
public enum QueryResult: Sendable, Equatable {
    /// Something is held and may be disclosed. `isPartial`: members named nowhere did not answer.
    case found(summaries: [Summary], withheld: [WithheldRecord], isPartial: Bool)
    /// Nothing is held.
    case none
    /// Nothing that is held may be disclosed, or the asker's own consent does not cover the asking.
    case refused(RefusalCode)
}

/// A member's record that exists and may not be disclosed.
public struct WithheldRecord: Sendable, Equatable {
    /// The member that holds it.
    public let member: MemberID
    /// Why it stays.
    public let code: RefusalCode

    /// Makes a mark.
    public init(member: MemberID, code: RefusalCode) {
        self.member = member
        self.code = code
    }
}

extension QueryResult {
    fileprivate var json: JSONValue {
        switch self {
        case .none: ["outcome": "none"]
        case .refused(let code): ["outcome": "refused", "code": .string(code.rawValue)]
        case .found(let summaries, let withheld, let isPartial):
            [
                "outcome": "found",
                "summaries": .array(summaries.map(\.json)),
                "withheld": .array(withheld.map(\.json)),
                "partial": .bool(isPartial),
            ]
        }
    }

    /// An unknown outcome is an error, an unknown code a refusal: never "no record".
    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        switch try reader.required("outcome", "an outcome", \.text) {
        case "none": self = .none
        case "refused":
            let code = try reader.required("code", "a code", \.text)
            self = .refused(RefusalCode(rawValue: code) ?? .refused)
        case "found":
            let summaries = try reader.required("summaries", "summaries") { value in
                value.elements.flatMap { $0.count <= ExchangeLimits.summariesMax ? $0 : nil }
            }
            let withheld = try reader.optional("withheld", "an array", \.elements) ?? []
            self = .found(
                summaries: try summaries.mapIndexed { value, index throws(JSONError) in
                    try Summary(json: value, path: "\(path).summaries[\(index)]")
                },
                withheld: try withheld.mapIndexed { value, index throws(JSONError) in
                    try WithheldRecord(json: value, path: "\(path).withheld[\(index)]")
                },
                isPartial: try reader.required("partial", "true or false", \.bool))
        default: throw .mismatch(path: path + ".outcome", expected: "found, none or refused")
        }
    }
}

extension WithheldRecord {
    fileprivate var json: JSONValue {
        ["member": .string(member.description), "code": .string(code.rawValue)]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        member = try reader.member()
        code = try RefusalCode(rawValue: reader.required("code", "a code", \.text)) ?? .refused
    }
}
