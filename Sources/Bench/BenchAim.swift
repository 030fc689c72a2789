/// What a figure is to reach on a machine with two cores, fsync on, as the project set it out.
///
/// An aim is for the size of which it speaks: a run with less says nothing of it.
struct BenchAim {
    private enum Bound {
        case atLeast(Double)
        case atMost(Double)
    }

    private let bound: Bound
    /// How much must be measured at least.
    private let size: Int

    /// The aim, where so much was measured as it speaks of.
    func at(_ size: Int) -> BenchAim? { size >= self.size ? self : nil }

    /// Whether a figure reaches it.
    func isMet(by value: Double) -> Bool {
        switch bound {
        case .atLeast(let least): value >= least
        case .atMost(let most): value <= most
        }
    }

    /// The least, or nil for an aim that is a most.
    var least: Double? { if case .atLeast(let least) = bound { least } else { nil } }

    /// The most, or nil for an aim that is a least.
    var most: Double? { if case .atMost(let most) = bound { most } else { nil } }

    private static func atLeast(_ value: Double, of size: Int = 0) -> BenchAim {
        BenchAim(bound: .atLeast(value), size: size)
    }

    private static func atMost(_ value: Double, of size: Int = 0) -> BenchAim {
        BenchAim(bound: .atMost(value), size: size)
    }
}

/// All aims, each in the unit of its row.
extension BenchAim {
    private static let million = 1_000_000

    // A lender's own data.
    static let rowsChecked = atLeast(200_000, of: million)
    static let firstImport = atLeast(20_000, of: million)
    static let changedDaySeconds = atMost(10, of: million)
    static let importMebibytes = atMost(300, of: million)

    // Asking and answering.
    static let queriesAnswered = atLeast(3_000)
    static let answerMilliseconds = atMost(50)
    static let elementsEvaluated = atLeast(8_000)
    static let reportMilliseconds = atMost(25)

    // The log.
    static let entriesLogged = atLeast(5_000)
    static let logCheckSeconds = atMost(60, of: million)
    static let logStartSeconds = atMost(2, of: million)
    /// Ten times the entries, hardly more memory.
    static let logMemoryGrowth = atMost(1.25, of: million)

    // The directory.
    static let directoryMilliseconds = atMost(1_000)
    static let pollBytes = atMost(1_024)
}
