import Foundation
import NodeAssembly
import PeerHTTP
import ServiceLifecycle
import Testing

/// A node that serves in this process, as `creditmesh node run` would.
struct ScenarioNode: Sendable {
    let home: NodeHome
    let parts: NodeParts
    /// Where it listens.
    let addresses: NodeAddresses
    private let group: ServiceGroup

    /// Runs the nodes of some homes while `body` runs, then stops them gracefully.
    static func run<Result: Sendable>(
        _ homes: [NodeHome], clock: ScenarioClock, log: LogCollector,
        settling: Duration = MessageSigners.settling,
        _ body: ([ScenarioNode]) async throws -> Result
    ) async throws -> Result {
        let starts = try homes.map {
            try Start(home: $0, clock: clock, log: log, settling: settling)
        }
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            for start in starts { tasks.addTask { try await start.run() } }
            let outcome: Swift.Result<Result, any Error>
            do {
                var nodes: [ScenarioNode] = []
                for start in starts { nodes.append(try await start.node()) }
                outcome = .success(try await body(nodes))
            } catch {
                outcome = .failure(error)
            }
            for start in starts { await start.group.triggerGracefulShutdown() }
            try await tasks.waitForAll()
            return try outcome.get()
        }
    }

    /// Stops the node as an operator would; returns once it has taken its address away, which is
    /// the last that it does.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await eventually("\(home.folder.lastPathComponent) stops") {
            !FileManager.default.fileExists(atPath: home.localAddress.path)
        }
    }

    /// A node that is on its way up.
    private struct Start {
        let home: NodeHome
        let group: ServiceGroup
        private let node: RunningNode
        private let addresses: AsyncStream<NodeAddresses>
        private let ready: AsyncStream<NodeAddresses>.Continuation

        init(
            home: NodeHome, clock: ScenarioClock, log: LogCollector, settling: Duration
        ) throws {
            let (addresses, ready) = AsyncStream<NodeAddresses>.makeStream()
            let node = try RunningNode(
                home: home, version: "scenario", clock: clock, logger: log.logger,
                settling: settling
            ) { ready.yield($0) }
            group = ServiceGroup(
                configuration: .init(services: [node], logger: log.logger))
            (self.home, self.node, self.addresses, self.ready) = (home, node, addresses, ready)
        }

        /// Ends the wait for the addresses too when the node does not come up.
        func run() async throws {
            defer { ready.finish() }
            try await group.run()
        }

        func node() async throws -> ScenarioNode {
            var iterator = addresses.makeAsyncIterator()
            let addresses = try #require(await iterator.next(), "the node did not start")
            return ScenarioNode(
                home: home, parts: node.parts, addresses: addresses, group: group)
        }
    }
}
