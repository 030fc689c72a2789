/// Counts identifiers that a spreadsheet has destroyed, and says when there are too many to take
/// the rest of the file: whoever opened it in a spreadsheet may have harmed more than can be seen.
public struct DamageCount: Sendable, Equatable {
    /// Rows counted.
    public private(set) var rows = 0
    /// Of them, rows whose identifier or account number is destroyed.
    public private(set) var damaged = 0

    /// Counts nothing yet.
    public init() {}

    /// A count made elsewhere.
    public init(rows: Int, damaged: Int) {
        self.rows = rows
        self.damaged = damaged
    }

    /// Counts a row.
    public mutating func add(isDamaged: Bool) {
        rows += 1
        if isDamaged { damaged += 1 }
    }

    /// Counts a reject by its code.
    public mutating func add(_ reject: RejectedRow) {
        add(isDamaged: reject.code == RejectCode.identifierDamaged.rawValue)
    }

    /// Adds what another has counted.
    public mutating func add(_ other: DamageCount) {
        rows += other.rows
        damaged += other.damaged
    }

    /// Whether the file is to be refused: at least ``BookLimits/damagedRowsMin`` rows and more
    /// than ``BookLimits/damagedSharePercentMax`` percent. Ask at the file's end.
    public var refusesFile: Bool {
        damaged >= BookLimits.damagedRowsMin
            && damaged * 100 > rows * BookLimits.damagedSharePercentMax
    }
}
