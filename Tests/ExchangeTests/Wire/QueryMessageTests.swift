import Membership
import Pseudonym
import StrictJSON
import Testing

@testable import Exchange

@Suite("Query messages")
struct QueryMessageTests {
    private static func read(_ json: JSONValue) throws(Problem) -> QueryRequest {
        try QueryRequest(json: json, admit: { _, _ in })
    }

    @Test(
        "a request reads back as it was written",
        arguments: [Samples.nameCheck(1), nil] as [NameCheck?], [true, false])
    func requestRoundTrip(nameCheck: NameCheck?, ends: Bool) throws {
        let consent =
            ends ? Samples.consent() : Samples.consent(basis: .legalDuty, expires: nil)
        let request = Samples.queryRequest(nameCheck: nameCheck, consent: consent)
        let bytes = request.json.encoded
        let read = try Self.read(JSONValue(parsing: bytes, limits: .request))
        #expect(read.member == request.member)
        #expect(read.kid == request.kid)
        #expect(read.purpose == request.purpose)
        #expect(read.queries.map(\.token) == request.queries.map(\.token))
        #expect(read.queries.allSatisfy { $0.nameCheck == nameCheck && $0.consent == consent })
        #expect(read.json.encoded == bytes)
    }

    @Test(
        "a request with a fault is refused with its code, and no value of it is repeated",
        arguments: [
            .without("member", .badRequest),
            .put("member", "Canary Harbor", .badRequest),
            .without("kid", .badRequest),
            .put("kid", "canary kid", .badRequest),
            .without("purpose", .badRequest),
            .put("purpose", .null, .badRequest),
            .put("purpose", ["canary-purpose"], .badRequest),
            .without("queries", .badRequest),
            .put("queries", ["x-canary": 1], .badRequest),
            .put("queries", [], .batchSize),
            .put("queries", .array(Array(repeating: .null, count: 257)), .batchSize),
            .put("queries[1]", .null, .badRequest),
            .put("queries[1]", "canary-query", .badRequest),
            .put("x-canary", .null, .badRequest),
            .put("queries[1].x-canary", 1, .badRequest),
            .without("queries[1].token", .badRequest),
            .put("queries[1].token", "canary-token", .badRequest),
            .put("queries[1].token", .string(String(repeating: "A", count: 42)), .badRequest),
            .put("queries[1].nameCheck", "canary-name-check", .badRequest),
            .put("queries[1].nameCheck", 0, .badRequest),
            .without("queries[1].consent", .invalidConsent),
            .put("queries[1].consent", .null, .invalidConsent),
            .put("queries[1].consent", "canary-consent", .invalidConsent),
            .put("queries[1].consent.x-canary", 1, .invalidConsent),
            .without("queries[1].consent.basis", .invalidConsent),
            .put("queries[1].consent.basis", "canary-basis", .invalidConsent),
            .without("queries[1].consent.purposes", .invalidConsent),
            .put("queries[1].consent.purposes", [], .invalidConsent),
            .put("queries[1].consent.purposes", "canary-purposes", .invalidConsent),
            .put("queries[1].consent.purposes", ["canary-one", 1], .invalidConsent),
            .put("queries[1].consent.purposes", ["canary-one", "canary-one"], .invalidConsent),
            .put("queries[1].consent.purposes", purposes(17), .invalidConsent),
            .without("queries[1].consent.reference", .invalidConsent),
            .put("queries[1].consent.reference", "canary-reference", .invalidConsent),
            .without("queries[1].consent.grantedAt", .invalidConsent),
            .put("queries[1].consent.grantedAt", "2026-02-29T00:00:00Z", .invalidConsent),
            .put("queries[1].consent.grantedAt", "2026-01-01T00:00:00+00:00", .invalidConsent),
            .put("queries[1].consent.grantedAt", 1_767_225_600, .invalidConsent),
            .without("queries[1].consent.expiresAt", .invalidConsent),
            .put("queries[1].consent.expiresAt", .null, .invalidConsent),
            .put("queries[1].consent.expiresAt", "canary-time", .invalidConsent),
            .put("queries[1].consent.expiresAt", "2026-01-01T00:00:00Z", .invalidConsent),
            .put("queries[1].consent.expiresAt", "2025-12-31T23:59:59Z", .invalidConsent),
            .without("queries[1].consent.evidenceDigest", .invalidConsent),
            .put("queries[1].consent.evidenceDigest", "sha-256=:canary:", .invalidConsent),
            .put("queries[1].consent.evidenceDigest", .null, .invalidConsent),
        ] as [Edit<ProblemCode>])
    func requestFault(edit: Edit<ProblemCode>) throws {
        let json = try edit.apply(to: Samples.queryRequest().json)
        let problem = try #require(throws: Problem.self) { try Self.read(json) }
        #expect(problem.code == edit.verdict)
        for text in json.recognisableTexts { #expect(!problem.detail.contains(text)) }
    }

    @Test(
        "what is inside the bounds is read",
        arguments: [
            .put("queries[0].consent.purposes", purposes(16), ()),
            .put("queries[0].consent.expiresAt", "2026-01-01T00:00:01Z", ()),
            .put("queries[0].nameCheck", .null, ()),
            .put("queries", .array(Array(repeating: query, count: 256)), ()),
            .put("queries", [query], ()),
        ] as [Edit<Void>])
    func insideBounds(edit: Edit<Void>) throws {
        let json = try edit.apply(to: Samples.queryRequest().json)
        #expect(throws: Never.self) { try Self.read(json) }
    }

    @Test("member and key are judged before the batch is counted and its queries are read")
    func admission() throws {
        let json = try Samples.queryRequest().json.setting("queries", to: [])
        let problem = try #require(throws: Problem.self) {
            try QueryRequest(json: json) { _, _ throws(Problem) in throw Problem(.unknownKID, "") }
        }
        #expect(problem.code == .unknownKID)
    }

    private static func purposes(_ count: Int) -> JSONValue {
        .array((0..<count).map { .string("purpose-\($0)") })
    }

    private static var query: JSONValue {
        (try? Samples.queryRequest().json.value(at: "queries[0]")) ?? .null
    }
}

@Suite("Query answers")
struct QueryAnswerTests {
    private static func read(_ json: JSONValue) throws(JSONError) -> QueryAnswer {
        try QueryAnswer(json: json, count: 3)
    }

    @Test("an answer reads back as it was written, and what it adds is ignored")
    func roundTrip() throws {
        let answer = Samples.queryAnswer
        let bytes = answer.json.encoded
        var json = try JSONValue(parsing: bytes, limits: .answer)
        for place in [
            "", "results[0].", "results[0].summaries[0].", "results[1].",
            "results[0].summaries[0].accounts[0].", "results[0].summaries[0].consent.",
            "results[0].summaries[0].accounts[0].overdue.", "results[0].withheld[0].",
        ] {
            json = try json.setting("\(place)x-new", to: .fraction)
        }
        let read = try Self.read(json)
        #expect(read.kid == answer.kid)
        #expect(read.asOf == answer.asOf)
        #expect(read.results == answer.results)
        #expect(read.json.encoded == bytes)
    }

    @Test(
        "an answer with a fault is malformed as a whole",
        arguments: [
            .without("kid", ()), .without("asOf", ()), .put("asOf", "now", ()),
            .without("results", ()), .put("results", [], ()), .put("results", .null, ()),
            .put("results[1]", .null, ()),
            .without("results[1].outcome", ()),
            .put("results[1].outcome", "no-record", ()),
            .put("results[1].outcome", "NONE", ()),
            .put("results[1].outcome", .null, ()),
            .without("results[2].code", ()), .put("results[2].code", 7, ()),
            .without("results[0].summaries", ()), .put("results[0].summaries", "none", ()),
            .put("results[0].summaries", .array(Array(repeating: .null, count: 1025)), ()),
            .without("results[0].partial", ()), .put("results[0].partial", "no", ()),
            .put("results[0].partial", 0, ()),
            .put("results[0].withheld", "none", ()),
            .without("results[0].withheld[0].member", ()),
            .without("results[0].withheld[0].code", ()),
        ] as [Edit<Void>])
    func fault(edit: Edit<Void>) throws {
        let json = try edit.apply(to: Samples.queryAnswer.json)
        #expect(throws: JSONError.self) { try Self.read(json) }
    }

    @Test("an answer about another number of subjects is malformed", arguments: [0, 2, 4])
    func count(count: Int) {
        #expect(throws: JSONError.self) {
            try QueryAnswer(json: Samples.queryAnswer.json, count: count)
        }
    }

    @Test("an unknown code is a refusal, whoever gives it")
    func unknownCode() throws {
        let json = try Samples.queryAnswer.json
            .setting("results[2].code", to: "some-later-code")
            .setting("results[0].withheld[0].code", to: "some-later-code")
        let read = try Self.read(json)
        #expect(read.results[2] == .refused(.refused))
        guard case .found(_, let withheld, _) = read.results[0] else {
            Issue.record("not found")
            return
        }
        #expect(withheld == [WithheldRecord(member: Samples.member("reed"), code: .refused)])
    }

    @Test("withheld may be left out")
    func withoutWithheld() throws {
        let json = try Samples.queryAnswer.json.removing("results[0].withheld")
        #expect(
            try Self.read(json).results[0]
                == .found(summaries: [Samples.fullSummary], withheld: [], isPartial: false))
    }
}
