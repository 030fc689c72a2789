import Exchange
import Foundation
import Logging
import Membership
import NIOCore
import PeerHTTP
import ServiceLifecycle
import UnixSignals

/// One node put together: store, exchange, peer server, local API and what repeats in the
/// background, as services that start and stop in order.
public struct RunningNode: Service {
    /// How often the node looks whether its filters are complete, unless the charter wants additions
    /// sooner than twice this.
    static let publishInterval: Duration = .seconds(5)
    /// How often is looked whether the opening regulator's keys end.
    static let openingInterval: Duration = .seconds(3600)
    /// How often the manifests of peers are fetched.
    static let refreshInterval: Duration = .seconds(20)
    /// How often is looked whether there is a new certificate.
    static let certificateInterval: Duration = .seconds(1)
    /// How often is looked whether the certificate is to be renewed.
    static let renewalInterval: Duration = .seconds(3600)
    /// How often is looked whether keys or tokens have come or gone, or are listed otherwise.
    static let keyInterval: Duration = .seconds(1)
    /// How often evidence whose time is over is looked for.
    static let evidenceInterval: Duration = .seconds(3600)
    /// How often witnesses are asked to cosign the newest checkpoint.
    static let witnessInterval: Duration = .seconds(30)

    /// What the node works with.
    public let parts: NodeParts
    /// The node's id.
    public var id: NodeID { configuration.node }
    let home: NodeHome
    let configuration: NodeConfiguration
    let version: String
    let logger: Logger
    let onReady: @Sendable (NodeAddresses) async -> Void

    /// Opens a home: keys, directory and store are checked before anything is served.
    ///
    /// `settling`: how long a key that the directory begins to list waits before it signs. `onReady` is
    /// called once all servers listen.
    public init(
        home: NodeHome, version: String, clock: any Exchange.Clock = SystemClock(),
        logger: Logger, settling: Duration = MessageSigners.settling,
        onReady: @escaping @Sendable (NodeAddresses) async -> Void = { _ in }
    ) throws(NodeError) {
        self.home = home
        self.version = version
        self.logger = logger
        self.onReady = onReady
        configuration = try NodeConfiguration(home: home)
        parts = try NodeParts(
            home: home, configuration: configuration, version: version, clock: clock,
            logger: logger, settling: settling)
    }

    /// Fetches the directory of a home that takes it from a repository and has none yet.
    ///
    /// - Throws: `NodeError` when there is none to begin with.
    public static func prepare(_ home: NodeHome) async throws(NodeError) {
        guard let origin = try NodeConfiguration(home: home).origin,
            try DirectoryVault(home: home, origin: origin).held() == nil
        else { return }
        _ = try await SignedDirectory.prepare(home: home, origin: origin)
    }

    /// Serves until the service group that it runs in stops gracefully.
    public func run() async throws {
        try await run(signals: [])
    }

    /// Serves until a signal, or until the service group that it runs in stops gracefully; what was
    /// accepted is finished. Cancelling the task ends it without that.
    public func run(signals: [UnixSignal]) async throws {
        do {
            try await checkWithWitnesses()
            try await serve(signals: signals)
        } catch {
            await parts.close()
            throw Self.explained(error, configuration)
        }
        await parts.close()
    }

    private func serve(signals: [UnixSignal]) async throws {
        let tokens = try LocalTokens(home: home, served: served)
        try await endUnfinishedAskings()
        await recordDirectory()
        try await parts.offline.publisher.refresh()
        let ports = ReadyPorts(awaitsWitness: parts.witnessDesk != nil)
        let services = rounds(tokens) + (try servers(ports, tokens))
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: signals, logger: logger))
        defer { try? FileManager.default.removeItem(at: home.localAddress) }
        try await serve(group, ports)
    }

    /// Runs the services and says when they serve; whoever waits for the ports is let go in any
    /// case.
    private func serve(_ group: ServiceGroup, _ ports: ReadyPorts) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await announce(await ports.all) }
            do {
                try await group.run()
            } catch {
                await ports.abandon()
                throw error
            }
            await ports.abandon()
            try await tasks.waitForAll()
        }
    }

    /// An address on which the node may not listen is the operator's to change.
    private static func explained(
        _ error: any Error, _ configuration: NodeConfiguration
    ) -> any Error {
        guard let error = error as? IOError,
            [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode)
        else { return error }
        return NodeError.configuration(
            key: "listen, witness, localAPI",
            "\(configuration.listenHost):\(configuration.listenPort), "
                + (configuration.witnessPort.map { "\(configuration.witnessHost):\($0) " } ?? "")
                + "or 127.0.0.1:\(configuration.localPort) cannot be listened on: "
                + String(cString: strerror(error.errnoCode)))
    }
}
