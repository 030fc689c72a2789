import Foundation
import Pseudonym
import StrictJSON

/// The results: printed line by line as they come, and as JSON at the end.
struct BenchTable {
    /// One measurement.
    struct Row {
        let name: String
        let value: Double
        let unit: String
        /// The value as a share of what the same run measured as its bound: the group multiplication,
        /// or an exchange of nothing; nil where neither is one.
        let ofBound: Double?
    }

    private var rows: [Row] = []
    /// libsodium's multiplications a second on one core, measured first.
    private var multiplicationsPerSecond: Double?

    /// Measures the multiplications, if that was not done, so that rates can be set beside them.
    mutating func measureMultiplications() {
        guard multiplicationsPerSecond == nil else { return }
        let count = 20_000
        let time = ContinuousClock().measure { GroupRate.multiply(count: count) }
        let rate = Double(count) / time.inSeconds
        multiplicationsPerSecond = rate
        add("libsodium ristretto255 multiplication, one core", rate, "1/s")
    }

    /// Adds a rate. `multiplications`: how many one item cannot do without; `cores`: how many work.
    mutating func add(
        _ name: String, _ value: Double, _ unit: String, multiplications: Double? = nil,
        cores: Int = 1
    ) {
        let ofBound = multiplications.flatMap { count in
            multiplicationsPerSecond.map { value * count / ($0 * Double(cores)) }
        }
        add(name, value, unit, ofBound: ofBound)
    }

    /// Adds a rate beside one of the same run that it cannot pass.
    mutating func add(_ name: String, _ value: Double, _ unit: String, bound: Double) {
        add(name, value, unit, ofBound: value / bound)
    }

    private mutating func add(
        _ name: String, _ value: Double, _ unit: String, ofBound: Double?
    ) {
        rows.append(Row(name: name, value: value, unit: unit, ofBound: ofBound))
        let share = ofBound.map { String(format: "%5.0f %% of bound", $0 * 100) } ?? ""
        let number = String(format: value < 100 ? "%14.2f" : "%14.0f", value)
        let padded = name.padding(toLength: 58, withPad: " ", startingAt: 0)
        FileHandle.standardOutput.write(Data("\(padded)\(number) \(unit) \(share)\n".utf8))
    }

    /// Times work that does `count` items, on one core.
    mutating func measure(
        _ name: String, count: Int, multiplications: Double? = nil, _ work: () throws -> Void
    ) rethrows {
        let clock = ContinuousClock()
        let time = try clock.measure(work)
        add(name, Double(count) / time.inSeconds, "1/s", multiplications: multiplications)
    }

    /// The results as JSON; rates as integers in thousandths, since the protocol's JSON has no
    /// fractions.
    var json: JSONValue {
        .array(
            rows.map { row in
                [
                    "name": .string(row.name), "valueMilli": .integer(Int(row.value * 1000)),
                    "unit": .string(row.unit),
                    "percentOfBound": row.ofBound.map { .integer(Int($0 * 100)) } ?? .null,
                ]
            })
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
