import Exchange
import Pseudonym
import Testing

/// Whatever comes in: a clear code, and the node goes on answering.
@Suite("Scenario: a peer sends nonsense")
struct BadRequestScenarios {
    /// One bad request and what it must get.
    private struct Case {
        let name: String
        let verdict: String
        let body: [UInt8]
        var contentType = "application/json"
    }

    private static let evaluations = [
        Case(
            name: "the identity element", verdict: "422 invalid-element",
            body: MessageText.evaluation(elements: [String(repeating: "A", count: 43)])),
        Case(
            name: "32 bytes that are no element", verdict: "422 invalid-element",
            body: MessageText.evaluation(elements: [
                Base64URL.encode([UInt8](repeating: 0xFF, count: 32))
            ])),
        Case(
            name: "31 bytes", verdict: "422 invalid-element",
            body: MessageText.evaluation(elements: [
                Base64URL.encode([UInt8](repeating: 1, count: 31))
            ])),
        Case(
            name: "no element", verdict: "422 batch-size",
            body: MessageText.evaluation(elements: 0)),
        Case(
            name: "1025 elements", verdict: "422 batch-size",
            body: MessageText.evaluation(elements: 1025)),
        Case(
            name: "a key that does not exist", verdict: "404 unknown-kid",
            body: MessageText.evaluation(kid: "k2")),
        Case(
            name: "another content type", verdict: "415 media-type",
            body: MessageText.evaluation(), contentType: "text/json"),
        Case(
            name: "a body over the limit", verdict: "413 too-large",
            body: [UInt8](repeating: 0x20, count: ExchangeLimits.requestBytesMax + 1)),
    ]

    private static let texts = [
        Case(name: "nothing", verdict: "400 malformed-json", body: []),
        Case(
            name: "a key twice", verdict: "400 malformed-json",
            body: Array(#"{"member":"harbor","member":"cedar"}"#.utf8)),
        Case(
            name: "an unknown member", verdict: "400 bad-request",
            body: Array(#"{"member":"harbor","kid":"k1","elements":[],"queries":[],"x":1}"#.utf8)),
        Case(
            name: "17 levels", verdict: "400 malformed-json",
            body: Array(
                (String(repeating: "[", count: 17) + String(repeating: "]", count: 17)).utf8)),
        Case(
            name: "bytes that are not UTF-8", verdict: "400 malformed-json",
            body: Array(#"{"member":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)),
        Case(
            name: "a string over 4 KiB", verdict: "400 malformed-json",
            body: Array(("\"" + String(repeating: "a", count: 4097) + "\"").utf8)),
    ]

    private static let queries = [
        Case(
            name: "no question", verdict: "422 batch-size", body: MessageText.query(count: 0)),
        Case(
            name: "257 questions", verdict: "422 batch-size", body: MessageText.query(count: 257)),
        Case(
            name: "a key that does not exist", verdict: "404 unknown-kid",
            body: MessageText.query(kid: "k2")),
        Case(
            name: "a purpose that the charter does not know", verdict: "422 invalid-purpose",
            body: MessageText.query(purpose: "curiosity")),
        Case(
            name: "a token that is too short", verdict: "400 bad-request",
            body: MessageText.query(token: "AAAA")),
        Case(
            name: "a name check that is too short", verdict: "400 bad-request",
            body: MessageText.query(more: #","nameCheck":"AAAA""#)),
        Case(
            name: "no consent", verdict: "422 invalid-consent",
            body: MessageText.query(consent: "null")),
        Case(
            name: "a consent that ends before it begins", verdict: "422 invalid-consent",
            body: MessageText.query(
                consent: MessageText.consent(
                    from: "2026-01-05T09:00:00Z", to: "2025-01-05T09:00:00Z"))),
        Case(
            name: "a consent to nothing", verdict: "422 invalid-consent",
            body: MessageText.query(consent: MessageText.consent(purposes: "[]"))),
        Case(
            name: "a consent with a time of another form", verdict: "422 invalid-consent",
            body: MessageText.query(consent: MessageText.consent(from: "2026-01-05 09:00:00"))),
    ]

    @Test("every bad request gets its code, and the next good one its answer")
    func codes() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                let cases =
                    (Self.evaluations + Self.texts).map { ("/v1/evaluations", $0) }
                    + (Self.texts + Self.queries).map { ("/v1/queries", $0) }
                for (path, bad) in cases {
                    let answer = try await caller.post(
                        path, bad.body, contentType: bad.contentType)
                    #expect(answer.verdict == bad.verdict, "\(bad.name) at \(path)")
                    let good = try await caller.post("/v1/evaluations", MessageText.evaluation())
                    #expect(good.verdict == "200", "after \(bad.name)")
                }
                // Only the body over the limit ends its connection.
                #expect(caller.connectionCount == 2)
            }
            // The borrowers of this node are still found.
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["lakeside"] == "record")
        }
    }

    @Test("paths and methods that do not exist")
    func paths() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                #expect(try await caller.get("/v1/evaluations").verdict == "405 method")
                let filter = "/v1/filters/" + String(repeating: "0", count: 64)
                for path in ["/", "/v1", "/v1/nothing", "/v1/node/", filter, "/v1/filters/abc"] {
                    #expect(try await caller.get(path).verdict == "404 not-found", "\(path)")
                }
                let post = try await caller.post("/v1/manifest", MessageText.evaluation())
                #expect(post.verdict == "405 method")
                #expect(try await caller.get("/v1/manifest").verdict == "200")
            }
        }
    }

    @Test("the asker's own consent is judged before anything is looked up")
    func ownConsent() async throws {
        let consents = [
            ("consent-expired", MessageText.consent(to: "2026-02-05T09:00:00Z")),
            ("consent-not-yet-valid", MessageText.consent(from: "2098-01-05T09:00:00Z")),
            ("consent-purpose", MessageText.consent(purposes: #"["post-loan"]"#)),
        ]
        try await ScenarioConsortium.run { consortium in
            let held = try consortium.token(of: .behind, at: "lakeside-node")
            let missing = try consortium.token(of: .unknown, at: "lakeside-node")
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                for (code, consent) in consents {
                    for token in [held, missing] {
                        let answer = try await caller.post(
                            "/v1/queries", MessageText.query(token: token, consent: consent))
                        #expect(answer.verdict == "200")
                        #expect(
                            answer.text.contains(#"[{"outcome":"refused","code":"\#(code)"}]"#))
                    }
                }
                let covered = try await caller.post("/v1/queries", MessageText.query(token: held))
                #expect(covered.text.contains(#""outcome":"found""#))
                let nothing = try await caller.post(
                    "/v1/queries", MessageText.query(token: missing))
                #expect(nothing.text.contains(#"[{"outcome":"none"}]"#))
                let wrongName = try await caller.post(
                    "/v1/queries",
                    MessageText.query(
                        token: held, more: #","nameCheck":"AAAAAAAAAAAAAAAAAAAAAA""#))
                #expect(
                    wrongName.text.contains(#"[{"outcome":"refused","code":"name-mismatch"}]"#))
            }
        }
    }
}
