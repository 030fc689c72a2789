import Exchange
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The local API of a node, for the lender's own systems: loopback only, one token
/// (protocol/local-api.md).
public struct LocalAPIServer: Service {
    /// Most bytes of a request's body: a question with its evidence.
    public static let requestBytesMax = 256 * 1024
    /// Most headers, in bytes.
    public static let headerBytesMax = 16 * 1024
    /// Most connections at the same time.
    public static let connectionsMax = 64

    private let port: Int
    private let desk: ReportDesk
    private let accounts: AccountDesk
    private let keys: PseudonymKeyDesk
    private let alarms: AlarmDesk
    private let metrics: MetricsDesk
    private let status: StatusDesk
    private let token: AccessToken
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes the server; `port` 0 takes a free one, which `onReady` learns.
    public init(
        port: Int, desk: ReportDesk, accounts: AccountDesk, keys: PseudonymKeyDesk,
        alarms: AlarmDesk, metrics: MetricsDesk, status: StatusDesk, token: AccessToken,
        logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) {
        self.port = port
        self.desk = desk
        self.accounts = accounts
        self.keys = keys
        self.alarms = alarms
        self.metrics = metrics
        self.status = status
        self.token = token
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until the node stops; what was accepted is finished.
    public func run() async throws {
        let router = Router()
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: TokenMiddleware(token: token))
        router.post("/api/v1/reports") { [desk] request, context in
            try await desk.answer(request)
        }
        router.put("/api/v1/book/accounts/:ref") { [accounts] request, context in
            try await accounts.put(request, reference: context.parameters.get("ref"))
        }
        router.post("/api/v1/book/references") { [accounts] request, context in
            try await accounts.references(request)
        }
        router.post("/api/v1/pseudonym-key/next") { [keys] request, _ in
            try await keys.prepare(request)
        }
        router.post("/api/v1/pseudonym-key/retire") { [keys] request, _ in
            try await keys.retire(request)
        }
        router.get("/api/v1/alarms") { [alarms] _, _ in alarms.answer() }
        router.get("/api/v1/status") { [status] _, _ in try await status.answer() }
        router.get("/metrics") { [metrics] _, _ in await metrics.answer() }
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
