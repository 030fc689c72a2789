import Hummingbird

/// Who answers what at the local API.
public struct LocalDesks: Sendable {
    private let reports: ReportDesk
    private let accounts: AccountDesk
    private let exchanges: ExchangeDesk
    private let keys: PseudonymKeyDesk
    private let alarms: AlarmDesk
    private let metrics: MetricsDesk
    private let status: StatusDesk
    /// Tests the peers when it is asked.
    private let peers: StatusDesk

    /// The desks of a node.
    public init(
        reports: ReportDesk, accounts: AccountDesk, exchanges: ExchangeDesk,
        keys: PseudonymKeyDesk, alarms: AlarmDesk, metrics: MetricsDesk, status: StatusDesk,
        peers: StatusDesk
    ) {
        self.reports = reports
        self.accounts = accounts
        self.exchanges = exchanges
        self.keys = keys
        self.alarms = alarms
        self.metrics = metrics
        self.status = status
        self.peers = peers
    }

    /// Has a request answered whose token fits the route's audience; a desk of members holds it to
    /// the one that the request names.
    func answer(
        _ route: LocalRoute, _ request: Request, _ context: LocalContext
    ) async throws -> Response {
        switch route {
        case .reports: try await reports.answer(request, for: context.scope)
        case .account:
            try await accounts.put(
                request, reference: context.parameters.get("ref"), for: context.scope)
        case .references: try await accounts.references(request, for: context.scope)
        case .exchanges: try await exchanges.answer(request, for: context.scope)
        case .nextKey: try await keys.prepare(request)
        case .retiredKeys: try await keys.retire(request)
        case .alarms: alarms.answer()
        case .status: try await status.answer()
        case .peers: try await peers.answer()
        case .metrics: await metrics.answer()
        }
    }
}
