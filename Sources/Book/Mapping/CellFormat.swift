/// How the text of a cell is written.
struct CellFormat: Sendable, Equatable {
    /// What a count of days past due is derived from.
    enum DaysBasis: String, Sendable, CaseIterable {
        case days
        case monthsLate = "months-late"
        case dueDate = "due-date"
    }

    /// What is done with a number below zero.
    enum Negative: String, Sendable, CaseIterable {
        case reject, zero
    }

    /// Days that one month late stands for: the upper end of the repayment letters' steps, so that
    /// letter and days agree (1 month late is letter `1`, 1–30 days).
    static let daysPerMonthLate = 30

    var date = DateFormat.auto
    var unit = AmountUnit.one
    var basis = DaysBasis.days
    var negative = Negative.reject
    /// Whether numbers like `2.00E+05` are taken at their face.
    var allowsScientific = false
}
