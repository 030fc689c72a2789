import Logging
import Membership
import NodeAssembly
import StrictJSON
import UnixSignals

/// A node that runs in this process until SIGTERM or SIGINT; `node run` and `join` are this.
struct NodeForeground {
    let home: NodeHome

    /// Runs it. The log goes to standard error.
    ///
    /// - Parameter whileServing: what is done once all servers listen; cancelled when the node stops.
    /// - Throws: `CommandFailure` for what the operator can mend.
    func run(
        whileServing: @escaping @Sendable (RunningNode, NodeAddresses) async -> Void
    ) async throws {
        do {
            let configuration = try NodeConfiguration(home: home)
            var logger = Logger(label: "creditmesh") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
            try await RunningNode.prepare(home)
            let (serving, ready) = AsyncStream<NodeAddresses>.makeStream()
            let node = try RunningNode(home: home, version: SoftwareVersion.text, logger: logger) {
                ready.yield($0)
            }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    var first = serving.makeAsyncIterator()
                    if let addresses = await first.next() { await whileServing(node, addresses) }
                }
                try await node.run(signals: [.sigterm, .sigint])
                tasks.cancelAll()
            }
        } catch let error as NodeError {
            throw CommandFailure(error)
        }
    }
}

extension NodeAddresses {
    /// What a command says of a node that serves.
    func json(of node: NodeID) -> JSONValue {
        [
            "node": .string(node.text), "peerPort": .integer(peerPort),
            "localApi": .string(localURL),
        ]
    }
}
