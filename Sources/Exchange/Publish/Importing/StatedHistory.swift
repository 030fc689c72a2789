import Book
import RiskStandard

/// Repayment letters together with the month of the last one.
public struct StatedHistory: Sendable, Equatable {
    /// The letters, newest last.
    public let history: RepaymentHistory
    /// The month of the newest letter.
    public let ends: YearMonth

    /// Makes a history.
    public init(_ history: RepaymentHistory, ends: YearMonth) {
        self.history = history
        self.ends = ends
    }

    /// The month of the oldest letter; the newest one where it would lie before the year 1900.
    var begins: YearMonth { ends.adding(months: 1 - history.months.count) ?? ends }

    /// The letter of a month; nil outside.
    func letter(of month: YearMonth) -> RepaymentHistory.Letter? {
        let index = history.months.count - 1 - ends.months(since: month)
        return history.months.indices.contains(index) ? history.months[index] : nil
    }
}
