import RiskStandard

/// An account of the book whose row would be known by its line.
public struct StandingLine: Sendable, Equatable {
    /// The store's own number of it.
    public let account: Int64
    /// The class in which it stands.
    public let riskClass: RiskClass

    /// Makes a line.
    public init(account: Int64, riskClass: RiskClass) {
        self.account = account
        self.riskClass = riskClass
    }
}

/// A row of an import, as far as it had to be read.
public enum SightedRow: Sendable {
    /// It was read.
    case read(RowIdentity)
    /// Its line was known, from ``BookDraft/linesAhead(of:)``.
    case line(StandingLine)
}
