/// A calendar month, years 1900 to 2999, written `2025-03`.
public struct YearMonth: Sendable, Hashable {
    /// Months since year 0, so that order and distance are those of integers.
    private let index: Int32

    /// The year, 1900…2999.
    public var year: Int { Int(index) / 12 }
    /// The month, 1…12.
    public var month: Int { Int(index) % 12 + 1 }

    /// The month, nil when it is not a month of the years 1900 to 2999.
    public init?(year: Int, month: Int) {
        guard CalendarDate.years.contains(year), (1...12).contains(month) else { return nil }
        index = Int32(year * 12 + month - 1)
    }

    /// Reads exactly `yyyy-MM`, nil for anything else.
    public init?(_ text: String) {
        guard let parts = ISODateText(text), parts.day == nil else { return nil }
        self.init(year: parts.year, month: parts.month)
    }

    /// The month so many later (or earlier, when negative), nil beyond the years 1900 to 2999.
    public func adding(months: Int) -> YearMonth? {
        let (moved, overflow) = Int(index).addingReportingOverflow(months)
        guard !overflow, moved >= 0 else { return nil }
        return YearMonth(year: moved / 12, month: moved % 12 + 1)
    }

    /// How many months this one lies after `other`, negative when before.
    public func months(since other: YearMonth) -> Int {
        Int(index) - Int(other.index)
    }
}

extension YearMonth: Comparable {
    /// Orders by time.
    public static func < (left: YearMonth, right: YearMonth) -> Bool {
        left.index < right.index
    }
}

extension YearMonth: CustomStringConvertible {
    /// `yyyy-MM`.
    public var description: String {
        "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
}
