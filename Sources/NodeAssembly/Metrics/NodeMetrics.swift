import Exchange
import Foundation
import Membership

/// A node's metrics as they are scraped (protocol/local-api.md, "GET /metrics"): what it counted since
/// it started, and how it stands now.
struct NodeMetrics: Sendable {
    let registry: PrometheusRegistry
    let parts: NodeParts
    /// The file of the directory in force.
    let directoryFile: URL

    /// All of it, in the text format of Prometheus.
    func text() async -> String {
        let gauges = await directory() + log() + filters() + quota()
        return registry.text + gauges.map(\.text).joined()
    }

    private var context: NodeContext { parts.offline.context }

    private func directory() async -> [Gauge] {
        let source = context.directory
        let issued = source.issued
        let attributes = try? FileManager.default.attributesOfItem(atPath: directoryFile.path)
        let came = attributes?[.modificationDate] as? Date
        return [
            Gauge("creditmesh_directory_version", Double(issued.version)),
            Gauge("creditmesh_directory_members", Double(issued.members.count)),
            Gauge(
                "creditmesh_directory_age_seconds",
                came.map { context.clock.now.seconds(since: $0) }),
            Gauge(
                "creditmesh_directory_expires_timestamp_seconds",
                source.expires.map { Double($0.secondsSinceEpoch) }),
        ]
    }

    private func log() async -> [Gauge] {
        let size = try? await context.log.checkpoint().checkpoint.head.size.value
        let standing = parts.pusher.current
        let cosignedAt = standing.cosigned?.earliest.map {
            Timestamp(secondsSinceEpoch: Int64($0))
        }
        let raised = parts.alarms.raised
        let alarms = LogAlarm.Kind.allCases.map { kind in
            (kind.rawValue, Double(raised.count { $0.alarm.kind == kind }))
        }
        return [
            Gauge("creditmesh_log_size_entries", size.map(Double.init)),
            Gauge(
                "creditmesh_log_cosigned_size_entries",
                (standing.cosigned?.head.size.value).map(Double.init)),
            Gauge(
                "creditmesh_log_cosigned_age_seconds",
                cosignedAt.map { Double(context.clock.now.seconds(since: $0)) }),
            Gauge("creditmesh_witness_quorum", Double(standing.quorum)),
            Gauge("creditmesh_witness_cosignatures", Double(standing.cosignatures)),
            Gauge("creditmesh_alarms", label: "kind", alarms),
        ]
    }

    private func filters() async -> [Gauge] {
        let manifest = await parts.offline.publisher.manifest
        return [
            Gauge("creditmesh_filters", (manifest?.filters.count).map(Double.init)),
            Gauge(
                "creditmesh_filter_tokens",
                (manifest?.filters.reduce(0) { $0 + $1.count }).map(Double.init)),
            Gauge(
                "creditmesh_filters_age_seconds",
                (manifest?.asOf).map { Double(context.clock.now.seconds(since: $0)) }),
        ]
    }

    private func quota() async -> [Gauge] {
        let today = context.clock.now.dayNumber
        let reserved = try? await context.store.quotaReserved(day: today).values.reduce(0, +)
        return [Gauge("creditmesh_quota_reserved_elements", reserved.map(Double.init))]
    }
}

/// How something stands at the moment of a scrape.
private struct Gauge {
    private let name: String
    private let values: [(labels: [(String, String)], value: Double)]

    /// One value; none where it is not known.
    init(_ name: String, _ value: Double?) {
        self.name = name
        values = value.map { [([], $0)] } ?? []
    }

    /// A value for each of a closed list.
    init(_ name: String, label: String, _ values: [(String, Double)]) {
        self.name = name
        self.values = values.map { ([(label, $0)], $1) }
    }

    /// As the text format writes it; empty where no value is known.
    var text: String {
        guard !values.isEmpty else { return "" }
        let lines = values.map { labels, value in
            "\(SeriesName(name, labels).text()) \(HistogramSeries.text(value))\n"
        }
        return "# TYPE \(name) gauge\n" + lines.joined()
    }
}

extension Timestamp {
    /// Seconds since a moment, with fractions as the file system has them.
    fileprivate func seconds(since date: Date) -> Double {
        Double(secondsSinceEpoch) - date.timeIntervalSince1970.rounded(.down)
    }
}
