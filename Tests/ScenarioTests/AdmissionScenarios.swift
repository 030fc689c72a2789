import Exchange
import Membership
import NodeAssembly
import Pseudonym
import Testing

@Suite("Scenario: who gets in at a node")
struct AdmissionScenarios {
    @Test("no certificate, one of another authority, or an old TLS version: no connection")
    func noConnection() async throws {
        try await ScenarioConsortium.run { consortium in
            let port = try consortium.node("lakeside-node").addresses.peerPort
            let good = PeerCaller.Credentials(of: try consortium.home("harbor-node"))
            var (nobody, stranger, old) = (good, good, good)
            nobody.certificate = nil
            stranger.certificate = consortium.site.outsider
            old.newestTLS = .tlsv12
            for credentials in [nobody, stranger, old] {
                try await PeerCaller.with(credentials, port: port) { caller in
                    await #expect(throws: (any Error).self) { try await caller.get("/v1/node") }
                }
            }
            try await PeerCaller.with(good, port: port) { caller in
                let answer = try await caller.get("/v1/node")
                #expect(answer.verdict == "200")
            }
        }
    }

    @Test("a member that the certificate's node does not serve is unknown")
    func memberOfAnotherNode() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                for member in ["cedar", "maple", "regulator", "nobody"] {
                    let answer = try await caller.post(
                        "/v1/evaluations", MessageText.evaluation(member: member))
                    #expect(answer.verdict == "403 unknown-member", "\(member)")
                    let query = try await caller.post(
                        "/v1/queries", MessageText.query(member: member))
                    #expect(query.verdict == "403 unknown-member", "\(member)")
                }
                let own = try await caller.post("/v1/evaluations", MessageText.evaluation())
                #expect(own.verdict == "200")
            }
        }
    }

    @Test("a regulator reads what a node is, and asks nothing")
    func regulator() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "regulator-node") { caller in
                #expect(try await caller.get("/v1/node").verdict == "200")
                #expect(try await caller.get("/v1/manifest").verdict == "403 role")
                let evaluation = try await caller.post(
                    "/v1/evaluations", MessageText.evaluation(member: "regulator"))
                #expect(evaluation.verdict == "403 role")
                let query = try await caller.post(
                    "/v1/queries", MessageText.query(member: "regulator"))
                #expect(query.verdict == "403 role")
                let filter = try await caller.get(
                    "/v1/filters/" + String(repeating: "0", count: 64))
                #expect(filter.verdict == "403 role")
            }
        }
    }

    @Test("a member suspended in the middle of a connection is refused at its next request")
    func suspendedMember() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                let before = try await caller.post("/v1/evaluations", MessageText.evaluation())
                #expect(before.verdict == "200")
                try await consortium.publish { try $0.set(.suspended, ofMember: "harbor") }
                let after = try await caller.post("/v1/evaluations", MessageText.evaluation())
                #expect(after.verdict == "403 suspended")
                let query = try await caller.post("/v1/queries", MessageText.query())
                #expect(query.verdict == "403 suspended")
                #expect(try await caller.get("/v1/manifest").verdict == "403 suspended")
                #expect(caller.connectionCount == 1)

                try await consortium.publish { _ in }
                let again = try await caller.post("/v1/evaluations", MessageText.evaluation())
                #expect(again.verdict == "200")
                #expect(caller.connectionCount == 1)
            }
        }
    }

    @Test("a node suspended, or struck from the directory, in the middle of a connection")
    func suspendedNode() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                #expect(try await caller.get("/v1/manifest").verdict == "200")
                try await consortium.publish { try $0.set(.suspended, ofNode: "harbor-node") }
                #expect(try await caller.get("/v1/manifest").verdict == "403 suspended")
                #expect(try await caller.get("/v1/node").verdict == "403 suspended")
                try await consortium.publish { $0.remove(node: "harbor-node") }
                #expect(try await caller.get("/v1/manifest").verdict == "403 unknown-node")
                #expect(caller.connectionCount == 1)
            }
        }
    }

    @Test("a directory file that does not check, or is older, changes nothing")
    func badDirectory() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.publish { try $0.set(.suspended, ofMember: "harbor") }
            let file = consortium.site.directoryFile
            let version = consortium.site.directory.version + 1
            for bytes in [Array("{}".utf8), consortium.site.directory.encoded()] {
                let warnings = consortium.log.warnings.count
                try PrivateFile.write(bytes, to: file)
                try await eventually("every node has complained") {
                    consortium.log.warnings.count >= warnings + consortium.nodes.count
                }
                for node in consortium.nodes {
                    #expect(node.parts.offline.directory.current.version == version)
                }
            }
        }
    }

    @Test("a certificate that has expired since the handshake is refused")
    func expiredSince() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                let before = try await caller.get("/v1/node")
                #expect(before.verdict == "200")
                consortium.clock.advance(by: LocalConsortium.certificateLife + .seconds(1))
                let after = try await caller.get("/v1/node")
                #expect(after.verdict == "403 unknown-node")
            }
        }
    }

    @Test("a day's quota is used up once, also over a restart, and given anew the next day")
    func quota() async throws {
        let quotas = Charter.Quotas(elementsPerMemberDay: 3, elementsPerNodeDay: 5)
        let plan = try ScenarioPlan.make(quotas: quotas)
        try await ScenarioConsortium.run(plan: plan, absent: ["cedar-node"]) { consortium in
            let homes = [try consortium.home("cedar-node")]
            let use = { (asks: [(member: String, elements: Int)]) async throws -> [String] in
                var verdicts: [String] = []
                try await consortium.call("cedar-node", as: "guild-node") { caller in
                    for ask in asks {
                        let message = MessageText.evaluation(
                            member: ask.member, elements: ask.elements)
                        verdicts.append(try await caller.post("/v1/evaluations", message).verdict)
                    }
                }
                return verdicts
            }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { _ in
                let verdicts = try await use([
                    ("maple", 4), ("maple", 3), ("maple", 1), ("birch", 2), ("willow", 1),
                ])
                #expect(verdicts == ["429 quota", "200", "429 quota", "200", "429 quota"])
            }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { _ in
                let today = try await use([("maple", 1), ("willow", 1)])
                #expect(today == ["429 quota", "429 quota"])
                consortium.clock.advance(by: .seconds(86_400))
                let tomorrow = try await use([("maple", 3), ("maple", 1)])
                #expect(tomorrow == ["200", "429 quota"])
            }
        }
    }
}
