import Exchange
import Pseudonym
import Testing

/// Nodes that cheat, or are broken: always `error` or a finding, never `no-record`.
@Suite("Scenario: a node answers wrongly")
struct RogueScenarios {
    /// One way to answer wrongly: what is asked there, what comes back.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let path: String
        let tamper: @Sendable (RogueNode.Reply) -> RogueNode.Reply
        var testDescription: String { name }

        init(
            _ name: String, _ path: String,
            _ tamper: @escaping @Sendable (RogueNode.Reply) -> RogueNode.Reply
        ) {
            (self.name, self.path, self.tamper) = (name, path, tamper)
        }

        /// A fault that looks the same on every route.
        static func onEvery(
            _ name: String, _ reply: RogueNode.Reply
        ) -> [Fault] {
            ["/v1/evaluations", "/v1/manifest", "/v1/filters/", "/v1/queries"].map { path in
                Fault("\(name) at \(path)", path) { _ in reply }
            }
        }
    }

    private static let shapeless =
        Fault.onEvery("bytes that are not HTTP", .raw(Array("\u{0}\u{1}garbage\r\n\r\n".utf8)))
        + Fault.onEvery("JSON that ends too soon", .json(#"{"kid":"k1","#))
        + Fault.onEvery("JSON of another shape", .json(#"["no","record"]"#))
        + Fault.onEvery("a web page", .http(200, contentType: "text/html", Array("<p>ok".utf8)))
        + Fault.onEvery("an empty 204", .http(204, contentType: "application/json", []))
        + Fault.onEvery("a redirect", .http(302, contentType: "text/plain", []))
        + Fault.onEvery("a failure without a problem document", .http(500, contentType: "x/y", []))

    private static let cunning = [
        Fault("an outcome that nobody knows", "/v1/queries") { _ in
            .json(answer(#"{"outcome":"clean"}"#))
        },
        Fault("no result at all", "/v1/queries") { _ in .json(answer("")) },
        Fault("two results for one subject", "/v1/queries") { _ in
            .json(answer(#"{"outcome":"none"},{"outcome":"none"}"#))
        },
        Fault("an answer under another key", "/v1/queries") {
            $0.replacing(#""kid":"k1""#, with: #""kid":"k2""#)
        },
        Fault("a record of a lender of another node", "/v1/queries") {
            $0.replacing(#""member":"cedar""#, with: #""member":"maple""#)
        },
        Fault("an evaluation under another key's name", "/v1/evaluations") {
            $0.replacing(#""kid":"k1""#, with: #""kid":"k2""#)
        },
        Fault("a proof that does not hold", "/v1/evaluations") { _ in
            .json(
                #"{"kid":"k1","elements":["\#(element)"],"proof":"\#(String(repeating: "A", count: 86))"}"#
            )
        },
        Fault("the manifest of another node", "/v1/manifest") {
            $0.replacing("cedar-node", with: "guild-node")
        },
        Fault("a manifest of last year", "/v1/manifest") { $0.changingYear(of: "asOf", by: -1) },
        Fault("a manifest of next year", "/v1/manifest") { $0.changingYear(of: "asOf", by: 1) },
        Fault("a manifest without a filter for the key", "/v1/manifest") {
            $0.replacing(#""kid":"k1""#, with: #""kid":"k2""#)
        },
        Fault("a manifest that speaks for another node's lender", "/v1/manifest") {
            $0.replacing(#""member":"cedar""#, with: #""member":"maple""#)
        },
        Fault("a filter that does not match its digest", "/v1/filters/") { honest in
            guard case .http(let status, let type, let body) = honest else { return honest }
            return .http(status, contentType: type, body.dropLast() + [(body.last ?? 0) ^ 0x80])
        },
        Fault("an empty filter in place of the real one", "/v1/filters/") { honest in
            guard case .http(let status, let type, _) = honest else { return honest }
            return .http(status, contentType: type, [])
        },
    ]

    @Test("it is an error, never no-record", arguments: shapeless + cunning)
    func wrongAnswer(_ fault: Fault) async throws {
        try await ScenarioConsortium.run(
            books: ScenarioLoan.books.filter { $0.key == "cedar" },
            absent: ["lakeside-node", "guild-node", "regulator-node"], hidden: ["cedar-node"]
        ) { consortium in
            try await RogueNode.run(
                inFrontOf: "cedar-node", of: consortium,
                tamper: { request, honest in
                    request.path.hasPrefix(fault.path) ? fault.tamper(honest) : honest
                },
                {
                    let report = try await consortium.ask(about: .good)
                    #expect(report.story["cedar"] == "error malformed-answer")
                    #expect(report.records.isEmpty)
                    #expect(report.missing.contains { $0.member.description == "cedar" })
                })
        }
    }

    @Test("a node that evaluates with another key than the directory's is an error")
    func wrongKey() async throws {
        try await ScenarioConsortium.run { consortium in
            let other = VOPRFSecretKey.generate().publicKey.bytes
            try await consortium.publish { try $0.set(publicKey: other, ofNode: "lakeside-node") }
            for subject in [ScenarioSubject.behind, .unknown] {
                let report = try await consortium.ask(about: subject)
                #expect(report.story["lakeside"] == "error malformed-answer")
                #expect(report.story["cedar"] == "no-record")
                #expect(!report.isComplete)
            }
        }
    }

    @Test("a server with the certificate of another node is not asked")
    func wrongIdentity() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let requests = RequestCount()
            try await RogueNode.run(
                at: consortium.entry("cedar-node"),
                .answers(as: consortium.home("guild-node")) { _ in
                    await requests.add()
                    return .silence
                },
                {
                    let report = try await consortium.ask(about: .good)
                    #expect(report.story["cedar"] == "error wrong-identity")
                    #expect(!report.isComplete)
                })
            #expect(await requests.count == 0)
        }
    }

    @Test("a refusal with a code that nobody knows is a refusal")
    func unknownCode() async throws {
        try await ScenarioConsortium.run(hidden: ["cedar-node"]) { consortium in
            try await RogueNode.run(
                inFrontOf: "cedar-node", of: consortium,
                tamper: { request, honest in
                    request.path == "/v1/queries"
                        ? .json(Self.answer(#"{"outcome":"refused","code":"of-tomorrow"}"#))
                        : honest
                },
                {
                    let report = try await consortium.ask(about: .good)
                    #expect(report.story["cedar"] == "refused refused")
                    #expect(!report.isComplete)
                })
        }
    }

    @Test("a class that is better than its facts is a finding, and the worse one counts")
    func flatteringClass() async throws {
        try await ScenarioConsortium.run(hidden: ["lakeside-node"]) { consortium in
            try await RogueNode.run(
                inFrontOf: "lakeside-node", of: consortium,
                tamper: { request, honest in
                    guard request.path == "/v1/queries" else { return honest }
                    return honest.replacing(#""class":"substandard""#, with: #""class":"normal""#)
                        .replacing(#""worstClass":"substandard""#, with: #""worstClass":"normal""#)
                },
                {
                    let report = try await consortium.ask(about: .behind)
                    #expect(report.story["lakeside"] == "record")
                    let record = try #require(report.records.first { !$0.findings.isEmpty })
                    #expect(record.summary.member.description == "lakeside")
                    #expect(record.findings.map(\.isTooGood) == [true])
                    #expect(record.findings.first?.published == .normal)
                    #expect(report.verdict(withDisputed: true)?.riskClass == .substandard)
                })
        }
    }

    @Test("two asks at once, whose manifests arrive in the other order, are both answered")
    func overtaking() async throws {
        try await ScenarioConsortium.run(hidden: ["cedar-node"]) { consortium in
            let gate = Gate()
            try await RogueNode.run(
                inFrontOf: "cedar-node", of: consortium,
                tamper: { request, honest in
                    if request.path == "/v1/manifest" { await gate.pass() }
                    return honest
                },
                {
                    async let earlier = consortium.ask(about: .good)
                    await gate.arrival()
                    consortium.clock.advance(by: .seconds(1))
                    try await consortium.node("cedar-node").parts.offline.publisher.refresh()
                    let later = try await consortium.ask(about: .good)
                    await gate.open()
                    #expect(later.story["cedar"] == "record")
                    #expect(try await earlier.story["cedar"] == "record")
                })
        }
    }

    private static func answer(_ results: String) -> String {
        #"{"kid":"k1","asOf":"2026-11-01T00:00:00Z","results":[\#(results)]}"#
    }

    private static let element = Base64URL.encode(VOPRFSecretKey.generate().publicKey.bytes)
}

/// Counts across tasks.
private actor RequestCount {
    private(set) var count = 0
    func add() { count += 1 }
}

extension RogueNode.Reply {
    /// The same document with another year in the time of that name.
    fileprivate func changingYear(of name: String, by years: Int) -> RogueNode.Reply {
        guard case .http(_, _, let body) = self else { return self }
        let text = String(decoding: body, as: UTF8.self)
        guard let start = text.firstRange(of: "\"\(name)\":\"")?.upperBound else { return self }
        let year = text[start...].prefix(4)
        guard let number = Int(year) else { return self }
        return replacing("\"\(name)\":\"\(year)", with: "\"\(name)\":\"\(number + years)")
    }
}
