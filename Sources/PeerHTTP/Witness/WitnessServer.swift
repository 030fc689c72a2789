import Exchange
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
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
        let builder = try HTTPServerBuilder.tls(
            .http1(configuration: channelConfiguration),
            tlsConfiguration: configuration.tls.witnessServerConfiguration)
        let server = try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: PeerHTTPLimits.connectionsWaitingMax,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connectionsMax, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger,
            responder: { [responder] request, writer, _ in
                try await responder.respond(to: request, with: writer)
            },
            onServerRunning: { [onReady, configuration] channel in
                await onReady(channel.localAddress?.port ?? configuration.port)
            })
        try await server.run()
    }

    private var channelConfiguration: HTTP1Channel.Configuration {
        let timeouts = configuration.timeouts
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(timeouts: timeouts, clock: clock, logger: logger)
            ],
            idleTimeout: TimeAmount(timeouts.idle),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: PeerHTTPLimits.headerFieldBytesMax,
                maxHeaderListSize: PeerHTTPLimits.headerListBytesMax,
                maxHeaderFieldCount: PeerHTTPLimits.headerFieldsMax))
    }
}
