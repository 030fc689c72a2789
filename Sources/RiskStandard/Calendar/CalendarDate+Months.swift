extension CalendarDate {
    /// How many whole months have passed from this day to another, by the calendar: 15 January to
    /// 14 July are 5, to 15 July are 6. Where the month has no such day its last one counts: from
    /// 31 August to 28 February are 6. Negative when the other day lies before.
    public func wholeMonths(to later: CalendarDate) -> Int {
        let months = later.yearMonth.months(since: yearMonth)
        let lastDay = Self.days(inMonth: later.month, year: later.year)
        return later.day < min(day, lastDay) ? months - 1 : months
    }

    /// The same day so many months later, or that month's last day where it has no such day; nil
    /// beyond the years 1900 to 2999.
    public func adding(months: Int) -> CalendarDate? {
        guard let moved = yearMonth.adding(months: months) else { return nil }
        let lastDay = Self.days(inMonth: moved.month, year: moved.year)
        return CalendarDate(year: moved.year, month: moved.month, day: min(day, lastDay))
    }
}
