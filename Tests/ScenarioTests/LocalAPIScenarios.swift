import Exchange
import Foundation
import NIOCore
import NIOPosix
import Pseudonym
import Synchronization
import Testing

@Suite("Scenario: a lender's own systems ask their node")
struct LocalAPIScenarios {
    @Test("nobody gets in without the token, whatever is asked for")
    func token() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("harbor-node"))
            let question = LocalQuestion(about: .behind).json
            let other = try LocalCaller(home: consortium.home("cedar-node")).token
            let wrong = [
                "", "Bearer", "Bearer ", "Bearer \(other)", "bearer \(caller.token)",
                "Basic \(caller.token)", "Bearer \(caller.token)x", caller.token,
                "Bearer \(caller.token.dropLast())",
            ]
            for authorization in wrong {
                let answer = try await caller.report(question, authorization: authorization)
                #expect(answer.verdict == "401 token", "\(authorization)")
            }
            #expect(try await caller.send("GET", "/").verdict == "401 token")
            let right = try await caller.report(question)
            #expect(right.verdict == "200")
        }
    }

    @Test("the token and the address are for their owner alone, and go with the node")
    func files() async throws {
        try await ScenarioConsortium.run { consortium in
            let node = try consortium.node("harbor-node")
            for file in [node.home.localToken, node.home.localAddress] {
                let mode = try FileManager.default.attributesOfItem(atPath: file.path)[
                    .posixPermissions]
                #expect(mode as? Int == 0o600)
            }
            try await node.stop()
            #expect(!FileManager.default.fileExists(atPath: node.home.localAddress.path))
        }
    }

    @Test("it listens on 127.0.0.1 alone")
    func loopback() async throws {
        try await ScenarioConsortium.run { consortium in
            let port = try consortium.node("harbor-node").addresses.localPort
            let client = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            let here = try await client.connect(host: "127.0.0.1", port: port).get()
            try await here.close()
            // Every address of 127.0.0.0/8 is this machine's: a server on all addresses answers here.
            await #expect(throws: (any Error).self) {
                try await client.connect(host: "127.0.0.2", port: port).get()
            }
        }
    }

    @Test("the report as JSON, as text, and in Chinese")
    func forms() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("harbor-node"))
            let question = LocalQuestion(about: .behind).json
            let json = try await caller.report(question)
            #expect(json.contentType == "application/json")
            #expect(json.isComplete == true)
            let view = try JSONDecoder().decode(ReportView.self, from: Data(json.body))
            #expect(view.complete)
            #expect(view.worst?.decidedBy == "cn-2023/11.1")
            #expect(view.members.count == 5)

            let english = try await caller.report(question, accept: "text/plain")
            #expect(english.contentType == "text/plain;charset=utf-8")
            #expect(english.text.contains("substandard"))
            let chinese = try await caller.report(question, accept: "text/plain", language: "zh-CN")
            #expect(chinese.text.contains("次级"))
            for text in [json.text, english.text, chinese.text] {
                #expect(!text.contains(ScenarioSubject.behind.identifier))
                #expect(!text.contains(ScenarioSubject.behind.name))
            }
        }
    }

    @Test("a report that is not complete says so in its first line and its header")
    func incomplete() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let caller = try LocalCaller(home: consortium.home("harbor-node"))
            let question = LocalQuestion(about: .behind).json
            let text = try await caller.report(question, accept: "text/plain")
            #expect(text.isComplete == false)
            #expect(text.text.split(separator: "\n").first?.contains("INCOMPLETE") == true)
            let json = try await caller.report(question)
            #expect(json.isComplete == false)
            let view = try JSONDecoder().decode(ReportView.self, from: Data(json.body))
            #expect(!view.complete)
            #expect(view.worst?.atLeast == true)
        }
    }

    @Test("every question that cannot be asked gets its code, and the node goes on answering")
    func codes() async throws {
        let good = LocalQuestion(about: .behind)
        let text = { (bytes: Int) in "\"" + String(repeating: "a", count: bytes) + "\"" }
        let questions: [(String, String)] = [
            ("400 malformed-json", "{"),
            ("400 malformed-json", good.json.replacing("\"scheme\"", with: "\"member\"")),
            ("400 malformed-json", String(repeating: "[", count: 17)),
            ("400 bad-request", "[]"),
            ("400 bad-request", good.with("member", nil).json),
            ("400 bad-request", good.with("scheme", nil).json),
            ("400 bad-request", good.with("identifier", nil).json),
            ("400 bad-request", good.with("identifier", "999999").json),
            ("400 bad-request", good.with("purpose", nil).json),
            ("400 bad-request", good.with("consent", "null").json),
            ("400 bad-request", good.with("case", "\"\"").json),
            ("400 bad-request", good.with("case", text(129)).json),
            ("400 bad-request", good.with("deadlineSeconds", "0").json),
            ("400 bad-request", good.with("deadlineSeconds", "61").json),
            ("400 bad-request", good.with("deadlineSeconds", "1.5").json),
            ("400 bad-request", good.with("extra", "1").json),
            ("400 bad-request", good.withConsent("basis", "\"curiosity\"").json),
            ("400 bad-request", good.withConsent("purposes", "[]").json),
            ("400 bad-request", good.withConsent("grantedAt", "\"yesterday\"").json),
            ("400 bad-request", good.withConsent("expiresAt", nil).json),
            ("400 bad-request", good.withConsent("expiresAt", "\"2020-01-01T00:00:00Z\"").json),
            ("400 bad-request", good.withConsent("evidence", "\"\"").json),
            ("400 bad-request", good.withConsent("evidence", "\"not base64!\"").json),
            ("400 bad-request", good.withConsent("evidence", nil).json),
            ("400 bad-request", good.withConsent("extra", "1").json),
            ("403 unknown-member", good.with("member", "\"cedar\"").json),
            ("403 unknown-member", good.with("member", "\"nobody\"").json),
            (
                "422 invalid-identifier",
                good.with("identifier", "\"\(ScenarioSubject.behind.mistyped)\"").json
            ),
            ("422 invalid-identifier", good.with("scheme", "\"cn-uscc\"").json),
            ("422 invalid-identifier", good.with("scheme", "\"passport\"").json),
            ("422 invalid-name", good.with("name", "\" \"").json),
            ("422 invalid-name", good.with("name", text(2000)).json),
            ("422 invalid-purpose", good.with("purpose", "\"curiosity\"").json),
            ("422 invalid-purpose", good.with("purpose", "\"judicial\"").json),
            ("422 consent-purpose", good.withConsent("purposes", "[\"post-loan\"]").json),
            ("422 consent-expired", good.withConsent("expiresAt", "\"2026-02-01T00:00:00Z\"").json),
            (
                "422 consent-not-yet-valid",
                good.withConsent("grantedAt", "\"2098-01-05T09:00:00Z\"").json
            ),
            ("413 too-large", good.with("case", text(256 * 1024)).json),
        ]
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("harbor-node"))
            for (verdict, question) in questions {
                let answer = try await caller.report(question)
                #expect(answer.verdict == verdict, "\(question.prefix(120))")
                for secret in [ScenarioSubject.behind.mistyped, ScenarioSubject.behind.identifier] {
                    #expect(!answer.text.contains(secret))
                }
                #expect(!answer.text.contains(ScenarioSubject.behind.name))
            }
            let type = try await caller.report(good.json, contentType: "text/plain")
            #expect(type.verdict == "415 media-type")
            let bearer = "Bearer \(caller.token)"
            let nowhere = try await caller.send("GET", "/api/v2", authorization: bearer)
            #expect(nowhere.verdict == "404 not-found")
            #expect(try await caller.report(good.json).verdict == "200")
        }
    }

    @Test("the evidence stays here: what leaves is a salted digest, whose salt is kept")
    func evidence() async throws {
        try await ScenarioConsortium.run(hidden: ["lakeside-node"]) { consortium in
            let sent = Mutex<[String]>([])
            try await RogueNode.run(
                inFrontOf: "lakeside-node", of: consortium,
                tamper: { request, honest in
                    sent.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
                    return honest
                },
                {
                    let caller = try LocalCaller(home: consortium.home("harbor-node"))
                    let question = LocalQuestion(about: .behind).json
                    for _ in 0..<2 {
                        let answer = try await caller.report(question)
                        #expect(answer.verdict == "200")
                    }
                })
            let queries = sent.withLock { $0 }.filter { $0.contains("evidenceDigest") }
            let digests = queries.compactMap { query in
                query.firstMatch(of: /"evidenceDigest":"sha-256=:([^:]+):"/)
                    .flatMap { Data(base64Encoded: String($0.1)) }
            }
            #expect(Set(digests).count == 2)
            let store = try consortium.storeBytes(of: "harbor-node")
            for digest in digests {
                // The salt is the column after the digest.
                let salts = store.compactMap { file in
                    file.range(of: digest).map { file[$0.upperBound...].prefix(32) }
                }
                let evidence = Data(LocalQuestion.evidence.utf8)
                #expect(
                    salts.contains {
                        SHA256Digest(hashing: Array($0 + evidence)).bytes == Array(digest)
                    })
            }
        }
    }

    @Test("identifier, name and token are nowhere in the log, the store or on the wire to others")
    func privacy() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("harbor-node"))
            let subjects = [ScenarioSubject.behind, .unknown, .postLoanOnly, .shared]
            for subject in subjects {
                #expect(try await caller.report(LocalQuestion(about: subject).json).status == 200)
            }
            let mistaken = LocalQuestion(about: .small, name: "张打错").json
            #expect(try await caller.report(mistaken).status == 200)

            var secrets = (subjects + [.small]).flatMap { [$0.identifier, $0.name] }
            secrets += ["张打错", caller.token]
            let stores = try ScenarioConsortium.allNodes.flatMap(consortium.storeBytes)
            #expect(stores.contains { $0.count > 4096 })
            for secret in secrets {
                #expect(!stores.contains { $0.range(of: Data(secret.utf8)) != nil })
            }
            for node in ["harbor-node", "lakeside-node", "cedar-node", "guild-node"] {
                for subject in subjects {
                    secrets.append(try consortium.token(of: subject, at: node))
                }
            }
            let lines = consortium.log.lines
            #expect(lines.contains { $0.contains("/v1/evaluations") })
            for secret in secrets {
                #expect(!lines.contains { $0.contains(secret) })
            }
        }
    }
}

/// What of a report's JSON the scenarios look at, read by another reader than our own.
struct ReportView: Decodable {
    let complete: Bool
    let worst: Worst?
    let members: [Member]

    struct Worst: Decodable {
        let decidedBy: String
        let atLeast: Bool
    }

    struct Member: Decodable {
        let member: String
        let outcome: String
        let code: String?
    }
}
