import Exchange
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The local API of a node, for the lenders' own systems: loopback only, with tokens
/// (protocol/local-api.md).
public struct LocalAPIServer: Service {
    /// Most bytes of a request's body: a question with its evidence.
    public static let requestBytesMax = 256 * 1024
    /// Most headers, in bytes.
    public static let headerBytesMax = 16 * 1024
    /// Most connections at the same time.
    public static let connectionsMax = 64

    private let port: Int
    private let desks: LocalDesks
    private let tokens: AccessTokens
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes the server; `port` 0 takes a free one, which `onReady` learns. `tokens` may change while
    /// it serves.
    public init(
        port: Int, desks: LocalDesks, tokens: AccessTokens, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) {
        self.port = port
        self.desks = desks
        self.tokens = tokens
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until the node stops; what was accepted is finished.
    public func run() async throws {
        let router = Router(context: LocalContext.self)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: TokenMiddleware(tokens: tokens))
        for route in LocalRoute.allCases {
            router.on(.init(route.path), method: route.method) { [desks] request, context in
                try context.scope.check(route.audience)
                return try await desks.answer(route, request, context)
            }
        }
        let application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Self.headerBytesMax,
                        maxHeaderListSize: Self.headerBytesMax, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    Self.connectionsMax, logger: logger)),
            onServerRunning: { [onReady] channel in
                await onReady(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        try await application.runService(gracefulShutdownSignals: [])
    }
}
