import Exchange
import Foundation
import Membership
import Testing

@testable import NodeAssembly

@Suite("Scenario: a regulator denies a node or a member")
struct DenialScenarios {
    private static let paths = [
        "/v1/node", "/v1/manifest", "/v1/denials", "/v1/log/checkpoint", "/v1/log/cosigned",
        "/v1/filters/" + String(repeating: "0", count: 64), "/v1/directory/timestamp.json",
    ]

    @Test("a denied node is out everywhere at its next request, until the regulator lifts it")
    func node() async throws {
        try await ScenarioConsortium.run { consortium in
            let denier = try Denier(consortium)
            try await consortium.publish {
                try $0.set(denialKey: denier.listed(), ofMember: "regulator")
            }
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                #expect(try await caller.get("/v1/manifest").verdict == "200")
                // Given to one node, which hands it on to all others.
                #expect(try await denier.deny(1, ["harbor-node"], at: "cedar-node") == .held)
                try await consortium.knows("harbor-node", isDenied: true)
                for path in Self.paths {
                    #expect(try await caller.get(path).verdict == "403 suspended", "\(path)")
                }
                let post = try await caller.post("/v1/evaluations", MessageText.evaluation())
                #expect(post.verdict == "403 suspended")
                #expect(caller.connectionCount == 1)
            }
            let report = try await consortium.ask(about: .behind, as: "lakeside")
            #expect(report.story["harbor"] == "not-asked node-suspended")
            try await consortium.tellsWhy("harbor", "denied by regulator")

            #expect(try await denier.deny(2, [], at: "lakeside-node") == .held)
            try await consortium.knows("harbor-node", isDenied: false)
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                let manifest = try await caller.get("/v1/manifest")
                #expect(manifest.verdict == "200")
            }
            let again = try await consortium.ask(about: .behind)
            #expect(again.story["lakeside"] == "record")
        }
    }

    @Test("a denied member is out alone; the others of its node go on")
    func member() async throws {
        try await ScenarioConsortium.run { consortium in
            let denier = try Denier(consortium)
            try await consortium.publish {
                try $0.set(denialKey: denier.listed(), ofMember: "regulator")
            }
            #expect(try await denier.deny(1, ["maple"], at: "guild-node") == .held)
            try await consortium.knows("maple", isDenied: true)
            try await consortium.call("cedar-node", as: "guild-node") { caller in
                for (member, verdict) in [("maple", "403 suspended"), ("birch", "200")] {
                    let answer = try await caller.post(
                        "/v1/evaluations", MessageText.evaluation(member: member))
                    #expect(answer.verdict == verdict, "\(member)")
                }
            }
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["maple"] == "not-asked member-suspended")
            #expect(report.story["lakeside"] == "record")
            #expect(report.story["willow"] == "no-record")
            try await consortium.tellsWhy("maple", "denied by regulator")
        }
    }

    @Test("a node that was down hears of it at its start, and keeps it over another")
    func late() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let denier = try Denier(consortium)
            try await consortium.publish {
                try $0.set(denialKey: denier.listed(), ofMember: "regulator")
            }
            #expect(try await denier.deny(1, ["guild-node"], at: "lakeside-node") == .held)
            try await consortium.knows("guild-node", isDenied: true)
            let homes = [try consortium.home("cedar-node")]
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                let cedar = try #require($0.first)
                try await eventually("cedar hears of it") { cedar.denies("guild-node") }
            }
            for node in consortium.nodes { try await node.stop() }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                let cedar = try #require($0.first)
                #expect(cedar.denies("guild-node"))
            }
        }
    }

    @Test("officers who drop the key end its denials; what it signs then is refused")
    func dropped() async throws {
        try await ScenarioConsortium.run { consortium in
            let denier = try Denier(consortium)
            #expect(
                try await denier.deny(1, ["harbor-node"], at: "cedar-node")
                    == .refused(.invalidDenial))
            try await consortium.publish {
                try $0.set(denialKey: denier.listed(), ofMember: "regulator")
            }
            #expect(try await denier.deny(1, ["harbor-node"], at: "cedar-node") == .held)
            try await consortium.knows("harbor-node", isDenied: true)
            try await consortium.publish { _ in }
            try await consortium.knows("harbor-node", isDenied: false)
            #expect(
                try await denier.deny(2, ["harbor-node"], at: "cedar-node")
                    == .refused(.invalidDenial))
        }
    }

    @Test("an analyst of a node that officers suspended is told so")
    func suspendedNode() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.publish { try $0.set(.suspended, ofNode: "harbor-node") }
            try await consortium.tellsWhy("harbor", "the officers suspended this node")
        }
    }
}

extension ScenarioNode {
    /// Whether it knows a node or member as denied.
    func denies(_ id: String) -> Bool {
        parts.offline.context.directory.current.denials[id] != nil
    }
}

extension ScenarioConsortium {
    /// Waits until all nodes know a node or member as denied, or as not denied any more.
    fileprivate func knows(_ id: String, isDenied: Bool) async throws {
        try await eventually("all nodes know about \(id)") {
            nodes.allSatisfy { $0.denies(id) == isDenied }
        }
    }

    /// A member's own node refuses its question with a reason.
    fileprivate func tellsWhy(_ member: String, _ reason: String) async throws {
        let question = LocalQuestion(about: .behind).with("member", "\"\(member)\"")
        let answer = try await LocalCaller(home: home(ofMember: member), as: member).report(
            question.json)
        #expect(answer.verdict == "403 suspended")
        #expect(answer.text.contains(reason))
    }
}
