import RiskStandard

extension CalendarDate {
    /// The last day of so many calendar years after this one: the same date, or the last day of its
    /// month in a year that lacks it (29 February). nil beyond the years that a date may have.
    ///
    /// Civil Code art. 201 and 202: the first day does not count, the day of the same date is the
    /// last one, and where there is none the month's last day is.
    func adding(years: Int) -> CalendarDate? {
        CalendarDate(year: year + years, month: month, day: day)
            ?? YearMonth(year: year + years, month: month)?.lastDay
    }
}

extension CalendarDate {
    /// The day so many calendar months after this one, likewise.
    func adding(months: Int) -> CalendarDate? {
        let month = year * 12 + self.month - 1 + months
        let (year, place) = (month / 12, month % 12 + 1)
        return CalendarDate(year: year, month: place, day: day)
            ?? YearMonth(year: year, month: place)?.lastDay
    }
}

extension YearMonth {
    /// The month's first day.
    var firstDay: CalendarDate? { CalendarDate(year: year, month: month, day: 1) }

    /// The month's last day.
    var lastDay: CalendarDate? {
        (28...31).reversed().lazy.compactMap {
            CalendarDate(year: year, month: month, day: $0)
        }.first
    }
}
