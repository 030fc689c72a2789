import CoreMetrics
import Exchange
import HTTPTypes

/// Counts the requests of peers: by route and class of status, and refusals by code. All are closed
/// lists; who called is not among them.
struct RequestMeter: Sendable {
    let factory: any MetricsFactory

    /// Counts one request that was answered.
    func count(
        _ route: PeerRoute?, _ status: HTTPResponse.Status, _ code: ProblemCode?,
        after duration: Duration
    ) {
        let route = ("route", route?.pattern ?? "none")
        Counter(
            label: "creditmesh_peer_requests_total",
            dimensions: [route, ("status", "\(status.code / 100)xx")], factory: factory
        ).increment()
        Recorder(
            label: "creditmesh_peer_request_seconds", dimensions: [route], aggregate: true,
            factory: factory
        ).record(duration / .seconds(1))
        guard let code else { return }
        Counter(
            label: "creditmesh_peer_refusals_total", dimensions: [("code", code.rawValue)],
            factory: factory
        ).increment()
    }
}
