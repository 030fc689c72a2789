import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON
import Testing
import TransparencyLog

@Suite("Scenario: witnesses cosign the logs of all nodes")
struct WitnessScenarios {
    /// The usual consortium, in which cedar, guild and the regulator are witnesses.
    private static func plan(
        quorum: Int = 2, witnesses: [String] = ["cedar-node", "guild-node", "regulator-node"]
    ) throws -> ConsortiumPlan {
        let plan = try ScenarioPlan.make()
        var charter = plan.charter
        charter.witnessQuorum = quorum
        return ConsortiumPlan(
            consortium: plan.consortium, charter: charter, nodes: plan.nodes,
            witnesses: try witnesses.map { try #require(NodeID($0)) })
    }

    private static func push(_ consortium: ScenarioConsortium, _ node: String) async throws {
        let found = try await consortium.node(node).parts.pusher
            .push(deadline: .now + .seconds(30))
        #expect(found.isEmpty)
    }

    private static func checkpoint(
        _ path: String, of node: String, in consortium: ScenarioConsortium
    ) async throws -> SignedCheckpoint {
        let credentials = PeerCaller.Credentials(of: try consortium.home("harbor-node"))
        let port = try consortium.node(node).addresses.peerPort
        var checkpoint: SignedCheckpoint?
        try await PeerCaller.with(credentials, port: port) { caller in
            let answer = try await caller.send(.get, path, fields: [])
            try #require(answer.status == 200)
            checkpoint = try SignedCheckpoint(bytes: answer.body)
        }
        return try #require(checkpoint)
    }

    @Test(
        "what was answered is under a quorum of cosignatures, and the newest checkpoint before that"
    )
    func cosigned() async throws {
        try await ScenarioConsortium.run(plan: Self.plan()) { consortium in
            _ = try await consortium.ask(about: .behind)
            let directory = consortium.site.directory
            for (name, count) in [("lakeside-node", 3), ("cedar-node", 2)] {
                try await Self.push(consortium, name)
                let node = try consortium.entry(name)
                let served = try await Self.checkpoint("/v1/log/cosigned", of: name, in: consortium)
                let cosigned = try CosignedCheckpoint(served, of: node, in: directory)
                #expect(cosigned.count == count && cosigned.head.size.value > 0)
                // Nothing was added meanwhile: it is the newest, too.
                let newest = try await Self.checkpoint(
                    "/v1/log/checkpoint", of: name, in: consortium)
                #expect(newest == served)
            }
            _ = try await consortium.ask(about: .behind)
            let newest = try await Self.checkpoint(
                "/v1/log/checkpoint", of: "lakeside-node", in: consortium)
            let served = try await Self.checkpoint(
                "/v1/log/cosigned", of: "lakeside-node", in: consortium)
            #expect(newest.checkpoint.head.size > served.checkpoint.head.size)
            #expect(newest.note.signatures.count == 1)
            let caller = try LocalCaller(home: consortium.home("lakeside-node"))
            let alarms = try await caller.send(
                "GET", "/api/v1/alarms", authorization: "Bearer \(caller.token)")
            #expect(alarms.status == 200)
            let view = try JSONDecoder().decode(AlarmsView.self, from: Data(alarms.body))
            #expect(view.alarms.isEmpty && view.witnesses.quorum == 2)
            #expect(view.witnesses.cosignatures == 3)
        }
    }

    @Test("a log that was brought back from a copy does not start, and is told why")
    func broughtBack() async throws {
        try await ScenarioConsortium.run(plan: Self.plan(), absent: ["lakeside-node"]) {
            consortium in
            let home = try consortium.home("lakeside-node")
            let copies = consortium.site.folder.appending(path: "old")
            let files = ["log", "promised"]
            let manager = FileManager.default
            try manager.createDirectory(at: copies, withIntermediateDirectories: true)
            // A copy of the stopped node; it then goes on, and is cosigned.
            for file in files {
                try manager.copyItem(
                    at: home.folder.appending(path: file), to: copies.appending(path: file))
            }
            let clock = consortium.clock
            try await ScenarioNode.run([home], clock: clock, log: consortium.log) { nodes in
                let node = try #require(nodes.first)
                var entry = LogEntry(
                    .consentWithdrawn, at: clock.now, node: try consortium.entry("lakeside-node").id
                )
                entry.count = 1
                _ = try await node.parts.offline.context.log.append(
                    entry, evidence: nil, nonce: nil)
                #expect(await node.parts.pusher.push(deadline: .now + .seconds(30)).isEmpty)
                #expect(node.parts.pusher.current.cosigned?.count == 3)
            }
            for file in files {
                try manager.removeItem(at: home.folder.appending(path: file))
                try manager.copyItem(
                    at: copies.appending(path: file), to: home.folder.appending(path: file))
            }
            let node = try RunningNode(
                home: home, version: "scenario", clock: clock, logger: consortium.log.logger)
            let error = await #expect(throws: NodeError.self) { try await node.run() }
            guard case .log(.witnessed, let text) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(text.contains("put back the newest copy"))
            let evidence = try manager.contentsOfDirectory(atPath: home.alarms.path)
            #expect(evidence.contains { $0.hasSuffix(".first") })
            #expect(evidence.contains { $0.hasSuffix(".json") })
        }
    }

    @Test("an asker says who is unwitnessed, and asks it no more after an hour")
    func unwitnessed() async throws {
        // The one witness is lakeside, which does not count for its own log.
        let plan = try Self.plan(quorum: 1, witnesses: ["lakeside-node"])
        try await ScenarioConsortium.run(plan: plan) { consortium in
            let harbor = try consortium.node("harbor-node").parts
            let watch = try #require(harbor.offline.context.watch)
            let member = try consortium.entry(ofMember: "harbor").id
            let settle = {
                for node in ["lakeside-node", "cedar-node", "guild-node"] {
                    try await Self.push(consortium, node)
                }
                await watch.check(harbor.peers, as: member, deadline: .now + .seconds(30))
            }
            let first = try await consortium.ask(about: .behind)
            #expect(first.members.allSatisfy { !$0.isUnwitnessed })
            try await settle()
            consortium.clock.advance(by: .seconds(240))
            try await consortium.settle()
            let late = try await consortium.ask(about: .behind)
            let lagging = late.members.filter(\.isUnwitnessed).map(\.member.description)
            #expect(lagging == ["lakeside"])
            #expect(late.story["lakeside"] == "record")
            #expect(ReportText.render(late, language: .chinese).contains("* 未经见证"))
            try await settle()
            consortium.clock.advance(by: .seconds(3240))
            try await consortium.settle()
            let closed = try await consortium.ask(about: .behind)
            #expect(closed.story["lakeside"] == "error unwitnessed")
            #expect(closed.story["cedar"] != "error unwitnessed")
            #expect(!closed.isComplete)
            #expect(harbor.alarms.raised.isEmpty)
            #expect(
                try consortium.node("lakeside-node").parts.pusher.current.missingSince != nil)
        }
    }

    @Test("a regulator's copy holds what witnesses cosigned")
    func mirrored() async throws {
        try await ScenarioConsortium.run(plan: Self.plan()) { consortium in
            _ = try await consortium.ask(about: .behind)
            try await Self.push(consortium, "lakeside-node")
            let copy = consortium.site.folder.appending(path: "copies/lakeside").path
            let mirrored = try await Command.run([
                "audit", "mirror", "lakeside-node", copy, "--home",
                consortium.home("regulator-node").folder.path, "--json",
            ])
            #expect(mirrored.status == 0, "\(mirrored.errors)")
            #expect(mirrored.text.contains("\"cosignedSize\":"))
            let cosigned = try FileManager.default.contentsOfDirectory(atPath: copy + "/cosigned")
            #expect(!cosigned.isEmpty)
            let given = consortium.site.folder.appending(
                path: "nodes/cedar-node/witnesses/given")
            let note = try #require(
                try FileManager.default.contentsOfDirectory(atPath: given.path)
                    .map { given.appending(path: $0) }
                    .first { try String(contentsOf: $0, encoding: .utf8).contains("lakeside-node") }
            )
            let verified = try await Command.run([
                "audit", "verify", copy, "--cosigned", note.path, "--lang", "zh",
            ])
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.contains("已比对见证方联署的检查点"))
        }
    }

    @Test("a node that is to be a witness needs a key that the directory lists")
    func unlistedKey() async throws {
        try await ScenarioConsortium.run(plan: Self.plan(), absent: ["cedar-node"]) {
            consortium in
            let home = try consortium.home("cedar-node")
            try FileManager.default.removeItem(at: home.witnessKeys)
            let made = try await Command.run([
                "node", "signing-key", "--witness", "--home", home.folder.path, "--json",
            ])
            #expect(made.status == 0)
            #expect(made.text.contains("/witness/cedar-node+"))
            #expect(throws: NodeError.self) {
                _ = try RunningNode(
                    home: home, version: "scenario", clock: consortium.clock,
                    logger: consortium.log.logger)
            }
        }
    }
}

/// What the tests read of `GET /api/v1/alarms`.
private struct AlarmsView: Decodable {
    struct Alarm: Decodable { let id: String }
    struct Witnesses: Decodable {
        let quorum: Int
        let cosignatures: Int
    }
    let alarms: [Alarm]
    let witnesses: Witnesses
}
