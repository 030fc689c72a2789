import Exchange
import Foundation
import Testing

@testable import NodeAssembly

@Suite("Scenario: a node that does not come to serve")
struct NodeStartScenarios {
    @Test("a step that fails between the checks and serving closes everything that was opened")
    func closed() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            // Tokens of the local API have no folder then.
            try? FileManager.default.removeItem(at: home.memberTokens)
            try Data("in the way".utf8).write(to: home.memberTokens)
            let node = try RunningNode(
                home: home, version: "scenario", clock: consortium.clock,
                logger: consortium.log.logger)
            await #expect(throws: NodeError.self) { try await node.run() }
            try FileManager.default.removeItem(at: home.memberTokens)
            // Neither the store nor the log is held any more, and the node starts.
            let offline = try OfflineNode(
                home: home, configuration: NodeConfiguration(home: home), clock: consortium.clock,
                logger: consortium.log.logger)
            offline.close()
            try await ScenarioNode.run([home], clock: consortium.clock, log: consortium.log) {
                nodes in #expect(nodes.count == 1)
            }
        }
    }
}
