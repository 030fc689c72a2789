import CoreMetrics
import Synchronization

/// What a node counts, for Prometheus: counters, and recorders as histograms.
///
/// Each node has its own, so that several in one process do not mix. Timers, meters and counters of
/// fractions are not kept: nothing of a node makes any.
public final class PrometheusRegistry: MetricsFactory {
    /// Most series; of more nothing is kept. What a label can say is a closed list, and far fewer.
    public static let seriesMax = 1_000

    private let series = Mutex<[SeriesName: Series]>([:])

    /// A registry of nothing.
    public init() {}

    /// All that was counted, in the text format of Prometheus (version 0.0.4), in the order of names.
    public var text: String {
        let series = self.series.withLock { $0 }
        var lines: [String] = []
        var metric = ""
        for (name, series) in series.sorted(by: { $0.key < $1.key }) {
            if name.metric != metric {
                metric = name.metric
                lines.append("# TYPE \(metric) \(series.type)")
            }
            lines += series.lines(of: name)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A counter, the same one for the same label and dimensions.
    public func makeCounter(
        label: String, dimensions: [(String, String)]
    ) -> any CounterHandler {
        let series = kept(label, dimensions) { .counter(CountedSeries()) }
        if case .counter(let counter) = series { return counter }
        return NOOPMetricsHandler.instance
    }

    /// A histogram, the same one for the same label and dimensions.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        let bounds =
            label.hasSuffix("_seconds") ? HistogramSeries.seconds : HistogramSeries.counts
        let series = kept(label, dimensions) { .histogram(HistogramSeries(bounds)) }
        if case .histogram(let histogram) = series { return histogram }
        return NOOPMetricsHandler.instance
    }

    /// Nothing is kept.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        NOOPMetricsHandler.instance
    }

    /// What was counted stays.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// What was recorded stays.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// There is nothing to forget.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func kept(
        _ label: String, _ dimensions: [(String, String)], _ make: () -> Series
    ) -> Series? {
        let name = SeriesName(label, dimensions)
        return series.withLock { series in
            if let known = series[name] { return known }
            guard series.count < Self.seriesMax else { return nil }
            let made = make()
            series[name] = made
            return made
        }
    }
}

/// A metric with the values of its labels.
struct SeriesName: Hashable, Comparable {
    let metric: String
    /// As the text format writes them, without braces.
    let labels: String

    init(_ metric: String, _ labels: [(String, String)]) {
        self.metric = metric
        self.labels = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    }

    static func < (left: SeriesName, right: SeriesName) -> Bool {
        (left.metric, left.labels) < (right.metric, right.labels)
    }

    /// The name with a suffix and one more label.
    func text(_ suffix: String = "", adding label: String = "") -> String {
        let all = [labels, label].filter { !$0.isEmpty }.joined(separator: ",")
        return metric + suffix + (all.isEmpty ? "" : "{\(all)}")
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { "\\\"\n".utf8.contains($0) }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}

/// What was kept under one name.
private enum Series: Sendable {
    case counter(CountedSeries)
    case histogram(HistogramSeries)

    var type: String {
        switch self {
        case .counter: "counter"
        case .histogram: "histogram"
        }
    }

    func lines(of name: SeriesName) -> [String] {
        switch self {
        case .counter(let counter): ["\(name.text()) \(counter.value)"]
        case .histogram(let histogram): histogram.lines(of: name)
        }
    }
}
