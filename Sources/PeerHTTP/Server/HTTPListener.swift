import Exchange
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// What every server of this room is: HTTP/1.1 over TLS 1.3, whose connections are guarded and bounded.
struct HTTPListener {
    /// The address to listen on, a name or an IP address.
    let host: String
    /// The TCP port; 0 lets the system choose one.
    let port: Int
    /// Most connections held open.
    let connectionsMax: Int
    /// When a connection is given up.
    let timeouts: ConnectionTimeouts
    /// Certificates, and what is asked of clients, for a connection that begins.
    let tls: @Sendable () -> NIOSSLContext
    /// Judges the validity of certificates.
    let clock: any Exchange.Clock
    let logger: Logger

    /// Listens and answers until the service group stops.
    ///
    /// - Parameter onReady: called once with the port on which it listens.
    /// - Throws: what the system says when the address cannot be listened on.
    func run(
        onReady: @escaping @Sendable (Int) async -> Void,
        responder: @escaping HTTPChannelHandler.Responder
    ) async throws {
        let builder = HTTPServerBuilder { [channelConfiguration, tls] responder in
            TLSContextChannel(
                base: HTTP1Channel(responder: responder, configuration: channelConfiguration),
                context: tls)
        }
        let server = try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port),
                backlog: PeerHTTPLimits.connectionsWaitingMax,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    connectionsMax, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger, responder: responder,
            onServerRunning: { [port] channel in
                await onReady(channel.localAddress?.port ?? port)
            })
        try await server.run()
    }

    private var channelConfiguration: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
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

extension PeerServerConfiguration {
    /// The listener of a server of this configuration.
    func listener(
        tls: @escaping @Sendable () -> NIOSSLContext, clock: any Exchange.Clock, logger: Logger
    ) -> HTTPListener {
        HTTPListener(
            host: host, port: port, connectionsMax: connectionsMax, timeouts: timeouts, tls: tls,
            clock: clock, logger: logger)
    }
}
