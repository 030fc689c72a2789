import Foundation
import Membership
import Synchronization
import Testing

@testable import NodeAssembly

@Suite("Scenario: what one node has of the officers reaches all")
struct DirectoryGossipScenarios {
    /// The authority and one node accept connections and say nothing; another node is down.
    @Test("silent sources hold up nobody, and one that was down hears of it from the next")
    func silentSources() async throws {
        try await Officers.withSilentAuthority(
            at: "cedar-node", plan: ScenarioPlan.make(), story)
    }

    private func story(_ consortium: ScenarioConsortium, _ officers: Officers) async throws {
        let homes = try ["harbor-node", "lakeside-node", "regulator-node"].map {
            try consortium.home($0)
        }
        try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { nodes in
            // Only harbor reaches the officers. All the others know is that it tells them.
            let harbor = try #require(nodes.first)
            try await officers.publish(version: 2) { try $0.set(.suspended, ofNode: "cedar-node") }
            await (try harbor.signedDirectory).refresh(
                from: officers.repository, named: "authority")
            try await eventually("all that run have it") {
                try nodes.allSatisfy { try $0.signedDirectory.current.version == 2 }
            }
            try await harbor.stop()
            // Harbor is gone, the authority still silent: guild has it from one that harbor told.
            let late = [try consortium.home("guild-node")]
            try await ScenarioNode.run(late, clock: consortium.clock, log: consortium.log) {
                let guild = try #require($0.first)
                try await eventually("guild has it") {
                    try guild.signedDirectory.current.version == 2
                }
                #expect(try guild.signedDirectory.edition == nodes[1].signedDirectory.edition)
            }
        }
    }

    private static func nodes(_ count: Int) throws -> [NodeEntry] {
        try (1...count).map { number in
            NodeEntry(
                id: try #require(NodeID("node-\(number)")), operatorName: "Invented",
                endpoint: try #require(Endpoint("https://node-\(number).example")))
        }
    }

    @Test("all are turned to, so many at the same time and no more")
    func all() async throws {
        let nodes = try Self.nodes(1_000)
        let state = Mutex((running: 0, most: 0, asked: Set<NodeID>()))
        let hasAnswer = await Gossip.turn(to: nodes) { node in
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
                $0.asked.insert(node.id)
            }
            await Task.yield()
            state.withLock { $0.running -= 1 }
            return node == nodes.last
        }
        #expect(hasAnswer)
        let (most, asked) = state.withLock { ($0.most, $0.asked) }
        #expect(asked.count == nodes.count)
        #expect(most <= Gossip.nodesAtOnceMax)
    }

    @Test("a round asks three, and all when none of them answers", arguments: [true, false])
    func round(areAnswering: Bool) async throws {
        let nodes = try Self.nodes(20)
        let asked = Mutex<[NodeID]>([])
        await Gossip.ask(nodes) { node in
            asked.withLock { $0.append(node.id) }
            return areAnswering
        }
        let ids = asked.withLock { $0 }
        #expect(ids.count == (areAnswering ? Gossip.peersPerRoundMax : nodes.count))
        #expect(Set(ids).count == ids.count)
    }
}

extension ScenarioNode {
    /// Its directory, as the officers signed it.
    fileprivate var signedDirectory: SignedDirectory {
        get throws { try #require(parts.offline.directory as? SignedDirectory) }
    }
}
