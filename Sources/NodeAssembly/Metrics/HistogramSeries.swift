import CoreMetrics
import Synchronization

/// How often a value was at most each of some bounds.
final class HistogramSeries: RecorderHandler {
    /// Bounds of durations, in seconds: from a disk without a wait to a request's end.
    static let seconds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]
    /// Bounds of counts.
    static let counts: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

    private struct State {
        /// By bound, those that are over the bound before and not over it; one more for the rest.
        var counts: [Int]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(_ bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[place] += 1
            $0.sum += value
        }
    }

    func lines(of name: SeriesName) -> [String] {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total = 0
        var lines: [String] = []
        for (bound, count) in zip(bounds.map(Self.text) + ["+Inf"], counts) {
            total += count
            lines.append("\(name.text("_bucket", adding: "le=\"\(bound)\"")) \(total)")
        }
        return lines + [
            "\(name.text("_sum")) \(Self.text(sum))", "\(name.text("_count")) \(total)",
        ]
    }

    /// A number without a needless fraction.
    static func text(_ value: Double) -> String {
        let whole = Int64(exactly: value)
        return whole.map(String.init) ?? "\(value)"
    }
}
