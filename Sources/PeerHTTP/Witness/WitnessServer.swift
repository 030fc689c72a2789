import Exchange
import Logging
import ServiceLifecycle

/// A node as a witness: C2SP tlog-witness over HTTP/1.1 and TLS 1.3, for anybody, without client
/// certificates, at a port of its own (protocol/log.md, "Witnesses").
public struct WitnessServer: Service {
    private let configuration: PeerServerConfiguration
    private let responder: WitnessResponder
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes a server; it listens when it runs.
    ///
    /// - Parameter onReady: called once with the port on which the server listens.
    public init(
        configuration: PeerServerConfiguration, desk: WitnessDesk, clock: any Exchange.Clock,
        logger: Logger, onReady: @escaping @Sendable (Int) async -> Void
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.onReady = onReady
        responder = WitnessResponder(desk: desk, clock: clock, logger: logger)
    }

    /// Listens and answers until the service group stops.
    ///
    /// - Throws: what the system says when the address cannot be listened on.
    public func run() async throws {
        let listener = configuration.listener(
            tls: { [tls = configuration.tls] in tls.current.witnessContext }, clock: clock,
            logger: logger)
        try await listener.run(onReady: onReady) { [responder] request, writer, _ in
            try await responder.respond(to: request, with: writer)
        }
    }
}
