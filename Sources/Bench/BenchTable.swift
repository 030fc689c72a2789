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
        /// What the value is to reach; nil where nothing was set out.
        let aim: BenchAim?

        /// Whether it is reached; nil where there is none.
        var isMet: Bool? { aim?.isMet(by: value) }
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
        cores: Int = 1, aim: BenchAim? = nil
    ) {
        let ofBound = multiplications.flatMap { count in
            multiplicationsPerSecond.map { value * count / ($0 * Double(cores)) }
        }
        add(Row(name: name, value: value, unit: unit, ofBound: ofBound, aim: aim))
    }

    /// Adds a rate beside one of the same run that it cannot pass.
    mutating func add(
        _ name: String, _ value: Double, _ unit: String, bound: Double, aim: BenchAim? = nil
    ) {
        add(Row(name: name, value: value, unit: unit, ofBound: value / bound, aim: aim))
    }

    private mutating func add(_ row: Row) {
        rows.append(row)
        let share = row.ofBound.map { String(format: "%5.0f %% of bound", $0 * 100) } ?? ""
        let padded = row.name.padding(toLength: 58, withPad: " ", startingAt: 0)
        let text = "\(padded)\(Self.number(row.value)) \(row.unit) \(share)\(row.aimText)"
        Self.say(text)
    }

    /// Says how many aims are reached, and which are not.
    func sayAims() {
        let aimed = rows.filter { $0.aim != nil }
        guard !aimed.isEmpty else { return }
        let missed = aimed.filter { $0.isMet == false }
        Self.say("\(aimed.count - missed.count) of \(aimed.count) aims reached")
        for row in missed { Self.say("  not reached: \(row.name)\(row.aimText)") }
    }

    fileprivate static func number(_ value: Double) -> String {
        String(format: value < 100 ? "%14.2f" : "%14.0f", value)
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    /// Times work that does `count` items, on one core.
    mutating func measure(
        _ name: String, count: Int, multiplications: Double? = nil, _ work: () throws -> Void
    ) rethrows {
        let clock = ContinuousClock()
        let time = try clock.measure(work)
        add(name, Double(count) / time.inSeconds, "1/s", multiplications: multiplications)
    }

    /// The results as JSON; values as integers in thousandths, since the protocol's JSON has no
    /// fractions.
    var json: JSONValue {
        .array(
            rows.map { row in
                [
                    "name": .string(row.name), "valueMilli": Self.thousandths(row.value),
                    "unit": .string(row.unit),
                    "percentOfBound": row.ofBound.map { .integer(Int($0 * 100)) } ?? .null,
                    "aimAtLeastMilli": row.aim?.least.map(Self.thousandths) ?? .null,
                    "aimAtMostMilli": row.aim?.most.map(Self.thousandths) ?? .null,
                    "isAimMet": row.isMet.map(JSONValue.bool) ?? .null,
                ]
            })
    }

    private static func thousandths(_ value: Double) -> JSONValue { .integer(Int(value * 1000)) }
}

extension BenchTable.Row {
    /// The aim as it stands beside the figure; empty where there is none.
    fileprivate var aimText: String {
        guard let aim, let isMet else { return "" }
        let bound =
            aim.least.map { "at least \(Self.plain($0))" }
            ?? aim.most.map { "at most \(Self.plain($0))" } ?? ""
        return "  aim \(bound): \(isMet ? "met" : "NOT met")"
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
