import CoreMetrics

/// Measures the commits of a log: how many entries share one, and how long it takes to the disk.
struct LogMeter: Sendable {
    private let entries: Recorder
    private let duration: Recorder
    private let failures: Counter

    init(_ factory: any MetricsFactory) {
        entries = Recorder(
            label: "creditmesh_log_commit_entries", dimensions: [], aggregate: true,
            factory: factory)
        duration = Recorder(
            label: "creditmesh_log_commit_seconds", dimensions: [], aggregate: true,
            factory: factory)
        failures = Counter(
            label: "creditmesh_log_commit_failures_total", dimensions: [], factory: factory)
    }

    /// A commit whose checkpoint was promised.
    func committed(_ batch: [LogWork], in duration: Duration) {
        entries.record(batch.count { $0.entry != nil })
        self.duration.record(duration / .seconds(1))
    }

    /// A commit that promised nothing.
    func failed() { failures.increment() }
}
