import Exchange
import Foundation
import HTTPSignatures
import NodeAssembly
import Testing
import TransparencyLog

@Suite("Scenario: both sides can prove an exchange")
struct ExchangeLogScenarios {
    @Test("what one side asked stands in the other's log, under the same name and answer")
    func bothSides() async throws {
        try await ScenarioConsortium.run { consortium in
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["lakeside"] == "record")
            let asked = try await consortium.node("harbor-node").entries()
            let answered = try await consortium.node("lakeside-node").entries()
            let mine = asked.filter { $0.peer?.text == "lakeside-node" }
            #expect(
                mine.map(\.type) == [
                    .evaluationAsked, .evaluationAnswered, .queryAsked, .queryAnswered,
                ])
            let theirs = answered.filter { $0.peer?.text == "harbor-node" }
            #expect(theirs.map(\.type) == [.evaluationAnswered, .queryAnswered])
            for (entry, other) in zip(mine.filter { $0.response != nil }, theirs) {
                #expect(entry.request == other.request)
                #expect(entry.response == other.response)
                #expect(entry.type == other.type)
                #expect(other.peerMember?.text == "harbor")
            }
            // A miss was decided here, and the other node was asked for nothing but an evaluation.
            let cedar = try await consortium.node("cedar-node").entries()
            #expect(cedar.map(\.type) == [.evaluationAnswered])
        }
    }

    @Test("nothing in a log says who a subject is")
    func nothingOfSubjects() async throws {
        try await ScenarioConsortium.run { consortium in
            _ = try await consortium.ask(about: .behind)
            let token = try consortium.token(of: .behind, at: "lakeside-node")
            for node in consortium.nodes {
                for entry in try await node.entries() {
                    let text = String(decoding: try entry.bytes(), as: UTF8.self)
                    #expect(!text.contains(ScenarioSubject.behind.identifier))
                    #expect(!text.contains(token))
                }
            }
        }
    }

    @Test("a request that is sent again is refused, also after a restart of the node")
    func replay() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let homes = [try consortium.home("cedar-node")]
            let body = MessageText.evaluation()
            let fields = Fields()
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { _ in
                try await consortium.call("cedar-node", as: "harbor-node") { caller in
                    fields.post = try caller.sign(
                        .post, "/v1/evaluations", "application/json", body)
                    fields.get = try caller.sign(.get, "/v1/manifest", nil, [])
                    let first = try await fields.verdicts(caller, body)
                    #expect(first == ["200", "200"])
                    let second = try await fields.verdicts(caller, body)
                    #expect(second == ["401 nonce-replayed", "401 nonce-replayed"])
                }
            }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                nodes in
                try await consortium.call("cedar-node", as: "harbor-node") { caller in
                    let third = try await fields.verdicts(caller, body)
                    #expect(third == ["401 nonce-replayed", "401 nonce-replayed"])
                    consortium.clock.advance(by: .seconds(361))
                    let last = try await fields.verdicts(caller, body)
                    #expect(last == ["401 signature-expired", "401 signature-expired"])
                }
                let types = try await nodes[0].entries().map(\.type)
                #expect(types == [.evaluationAnswered, .evaluationAnswered], "one each, no replay")
            }
        }
    }

    @Test("a signature of one member under the content of another is none")
    func otherMember() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "guild-node") { caller in
                let body = MessageText.evaluation(member: "maple")
                let signed = try caller.sign(.post, "/v1/evaluations", "application/json", body)
                let own = try await caller.send(
                    .post, "/v1/evaluations", fields: signed, body: body)
                #expect(own.verdict == "200")
                // Signed by birch, naming maple.
                let other = MessageText.evaluation(member: "birch")
                let stolen = try caller.sign(.post, "/v1/evaluations", "application/json", other)
                    .filter { $0.name != "content-digest" }
                let digest = HeaderField("content-digest", ContentDigest(of: body).text)
                let answer = try await caller.send(
                    .post, "/v1/evaluations", fields: stolen + [digest], body: body)
                #expect(answer.verdict == "401 signature-invalid")
            }
        }
    }

    @Test("a node whose log lost what it promised does not start, and says what is gone")
    func lostLog() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let home = try consortium.home("cedar-node")
            try await ScenarioNode.run([home], clock: consortium.clock, log: consortium.log) { _ in
                try await consortium.call("cedar-node", as: "harbor-node") { caller in
                    let answer = try await caller.post(
                        "/v1/evaluations", MessageText.evaluation())
                    #expect(answer.verdict == "200")
                }
            }
            let run = ["node", "run", "--home", home.folder.path, "--json"]
            let aside = home.folder.appending(path: "aside")
            let lost: [(String, URL)] = [
                ("log-record", home.logRecord),
                ("log-truncated", home.log.deletingLastPathComponent()),
                ("log-key", home.logKeys),
            ]
            for (code, file) in lost {
                try FileManager.default.moveItem(at: file, to: aside)
                let output = try await Command.run(run)
                #expect(output.status == 1)
                #expect(output.errorCode == code)
                try? FileManager.default.removeItem(at: file)
                try FileManager.default.moveItem(at: aside, to: file)
            }
            try await ScenarioNode.run([home], clock: consortium.clock, log: consortium.log) {
                nodes in
                let entries = try await nodes[0].entries()
                #expect(entries.count == 1, "nothing was changed meanwhile")
            }
        }
    }

    /// Requests that are sent more than once, in order.
    private final class Fields: @unchecked Sendable {
        // Set by one task before others read.
        var post: [HeaderField] = []
        var get: [HeaderField] = []

        func verdicts(_ caller: PeerCaller, _ body: [UInt8]) async throws -> [String] {
            [
                try await caller.send(.post, "/v1/evaluations", fields: post, body: body).verdict,
                try await caller.send(.get, "/v1/manifest", fields: get).verdict,
            ]
        }
    }
}

extension ScenarioNode {
    /// The entries of the node's log about exchanges, oldest first, of its first 256.
    func entries() async throws -> [LogEntry] {
        let log = parts.offline.context.log
        let size = try await log.checkpoint().checkpoint.head.size.value
        guard size > 0, let id = EntryBundleID(index: 0, width: size),
            let bytes = try await log.entries(id)
        else { return [] }
        return try EntryBundle(bytes: bytes, count: size).entries.map(LogEntry.init(bytes:))
            .filter(\.type.isOfExchange)
    }
}
