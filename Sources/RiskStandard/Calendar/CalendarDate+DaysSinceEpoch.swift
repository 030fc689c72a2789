extension CalendarDate {
    // Both directions count from 0000-03-01: then the leap day is the last of its year, the months
    // before any month have (153m + 2) / 5 days, and 400 years have 146,097.

    /// 0000-03-01 to 1970-01-01.
    private static let daysToEpoch = 719_468
    /// 1900-01-01 to 2999-12-31.
    private static let daysOfYears = -25_567...376_199

    /// Days since 1970-01-01, negative before.
    public var daysSinceEpoch: Int {
        let shiftedMonth = (month + 9) % 12
        let shiftedYear = month > 2 ? year : year - 1
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return 365 * shiftedYear + leapDays + (153 * shiftedMonth + 2) / 5 + day - 1
            - Self.daysToEpoch
    }

    /// The date so many days after 1970-01-01 (before, when negative); nil outside ``years``.
    public init?(daysSinceEpoch days: Int) {
        guard Self.daysOfYears.contains(days) else { return nil }
        let (era, dayOfEra) = (days + Self.daysToEpoch).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
