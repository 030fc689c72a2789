/// A day of the proleptic Gregorian calendar, years 1900 to 2999, without a time zone.
public struct CalendarDate: Sendable, Hashable {
    /// The years that a date may have.
    public static let years = 1900...2999

    /// The month in which the day lies.
    public let yearMonth: YearMonth
    /// The day of the month, 1…31.
    public var day: Int { Int(storedDay) }

    // Narrow, because every classification reads several dates.
    private let storedDay: Int8

    /// The date, nil when there is no such day in the years 1900 to 2999.
    public init?(year: Int, month: Int, day: Int) {
        guard let yearMonth = YearMonth(year: year, month: month) else { return nil }
        guard day >= 1, day <= Self.days(inMonth: month, year: year) else { return nil }
        self.yearMonth = yearMonth
        storedDay = Int8(day)
    }

    /// Reads exactly `yyyy-MM-dd`, nil for anything else.
    public init?(_ text: String) {
        guard let parts = ISODateText(text), let day = parts.day else { return nil }
        self.init(year: parts.year, month: parts.month, day: day)
    }

    /// The year, 1900…2999.
    public var year: Int { yearMonth.year }
    /// The month, 1…12.
    public var month: Int { yearMonth.month }

    /// How many days this date lies after `other`, negative when before.
    public func days(since other: CalendarDate) -> Int {
        daysSinceEpoch - other.daysSinceEpoch
    }

    /// The days of a month.
    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: Comparable {
    /// Orders by time.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.yearMonth, left.day) < (right.yearMonth, right.day)
    }
}

extension CalendarDate: CustomStringConvertible {
    /// `yyyy-MM-dd`.
    public var description: String {
        "\(yearMonth)-\(day < 10 ? "0" : "")\(day)"
    }
}
