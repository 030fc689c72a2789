import Exchange
import Foundation
import Membership
import Testing

@testable import NodeAssembly

/// How long an act of the officers takes to all nodes, measured: run with
/// `CREDITMESH_MEASURE_NODES=48 swift test --filter RevocationMeasurement`. Nothing is asserted of the
/// time; the figure stands in protocol/directory.md ("Within 60 seconds").
@Suite("Measurement: what officers publish reaches all nodes")
struct RevocationMeasurement {
    private static let count = ProcessInfo.processInfo.environment["CREDITMESH_MEASURE_NODES"]
        .flatMap { Int($0) }

    /// The authority, which is also the node that is put out, accepts connections and says nothing.
    @Test(
        "from the moment when one node has it, with a silent source among them",
        .enabled(if: count != nil, "CREDITMESH_MEASURE_NODES says how many nodes"))
    func measure() async throws {
        let plan = try Self.plan(try #require(Self.count))
        try await Officers.withSilentAuthority(at: "node-0", plan: plan) { consortium, officers in
            let silent = try consortium.entry("node-0").id
            let homes = consortium.site.homes.filter { $0.key != silent }.map(\.value)
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                nodes in
                try await officers.publish(version: 2) {
                    try $0.set(.suspended, ofNode: "node-0")
                }
                let start = ContinuousClock.now
                let first = try #require(nodes.first)
                let directory = try #require(
                    first.parts.offline.directory as? SignedDirectory)
                await directory.refresh(from: officers.repository, named: "authority")
                try await Self.wait(for: nodes, of: silent, since: start)
            }
        }
    }

    private static func wait(
        for nodes: [ScenarioNode], of node: NodeID, since start: ContinuousClock.Instant
    ) async throws {
        var half: Duration?
        try await eventually("all nodes refuse it") {
            let refusing = nodes.count {
                $0.parts.offline.context.directory.current.node(node)?.status == .suspended
            }
            if refusing * 2 >= nodes.count, half == nil { half = ContinuousClock.now - start }
            return refusing == nodes.count
        }
        let all = ContinuousClock.now - start
        print("\(nodes.count) nodes: half after \(half ?? all), all after \(all)")
    }

    private static func plan(_ count: Int) throws -> ConsortiumPlan {
        let scenario = try ScenarioPlan.make()
        let lenders = try (0..<count).map { index in
            ConsortiumPlan.Node(
                id: try #require(NodeID("node-\(index)")), operatorName: "Invented \(index)",
                members: [
                    ConsortiumPlan.Member(
                        id: try #require(MemberID("lender-\(index)")), legalName: "Invented")
                ])
        }
        // The charter names a regulator that opens.
        let regulator = scenario.nodes.filter { $0.id.text == "regulator-node" }
        return ConsortiumPlan(
            consortium: scenario.consortium, charter: scenario.charter,
            nodes: lenders + regulator)
    }
}
