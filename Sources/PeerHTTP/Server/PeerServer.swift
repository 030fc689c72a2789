import CoreMetrics
import Exchange
import Logging
import ServiceLifecycle

/// The peer API of a node: HTTP/1.1 with keep-alive over TLS 1.3, client certificates required
/// (protocol/messages.md).
///
/// A graceful stop takes no new connections, closes idle ones and ends when every request that had
/// been accepted is answered.
public struct PeerServer: Service {
    private let configuration: PeerServerConfiguration
    private let responder: PeerResponder
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes a server; it listens when it runs.
    ///
    /// - Parameters:
    ///   - service: the business side.
    ///   - log: the node's log; nil for a node without one.
    ///   - files: the directory's repository; nil for a directory that is one file.
    ///   - denials: the denials that count; nil for a node that takes none.
    ///   - reachability: tells whether this node reaches an asker; nil for a node that does not.
    ///   - listener: hears of new directories; nil for a directory that is one file.
    ///   - signers: sign the answers, by the key that the directory lists.
    ///   - directory: asked anew for every request.
    ///   - clock: judges the validity of certificates at every request.
    ///   - metrics: where requests are counted.
    ///   - onReady: called once with the port on which the server listens.
    public init(
        configuration: PeerServerConfiguration, service: any PeerService, log: LogDesk? = nil,
        files: (any DirectoryFiles)? = nil, denials: DenialDesk? = nil,
        reachability: ReachabilityDesk? = nil, listener: (any DirectoryListener)? = nil,
        signers: MessageSigners, directory: any DirectorySource, clock: any Exchange.Clock,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.onReady = onReady
        responder = PeerResponder(
            dispatcher: RouteDispatcher(
                service: service, log: log, files: files, denials: denials,
                reachability: reachability, listener: listener),
            callers: CallerIdentification(
                consortium: configuration.tls.current.identity.consortium),
            verification: RequestVerification(node: configuration.tls.current.identity.node),
            signers: signers, directory: directory, clock: clock,
            gate: RequestGate(slots: configuration.requestsInFlightMax),
            meter: RequestMeter(factory: metrics), logger: logger)
    }

    /// Listens and answers until the service group stops.
    ///
    /// - Throws: what the system says when the address cannot be listened on.
    public func run() async throws {
        let listener = configuration.listener(
            tls: { [tls = configuration.tls] in tls.current.serverContext }, clock: clock,
            logger: logger)
        try await listener.run(onReady: onReady) { [responder] request, writer, channel in
            try await responder.respond(to: request, with: writer, on: channel)
        }
    }
}
