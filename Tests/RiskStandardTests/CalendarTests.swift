import Testing

@testable import RiskStandard

@Suite("Dates and months")
struct CalendarTests {
    @Test(
        "knows the days of every month",
        arguments: [
            ("2024-02-29", true), ("2023-02-29", false), ("2000-02-29", true),
            ("1900-02-29", false), ("2100-02-28", true), ("2025-04-31", false),
            ("2025-12-31", true), ("2025-13-01", false), ("2025-00-01", false),
            ("2025-01-00", false), ("1900-01-01", true), ("1899-12-31", false),
            ("2999-12-31", true), ("3000-01-01", false), ("2025-1-1", false),
            ("2025-01-01 ", false), ("", false),
        ])
    func validity(text: String, isValid: Bool) {
        #expect((CalendarDate(text) != nil) == isValid)
    }

    @Test(
        "counts days",
        arguments: [
            ("1970-01-01", 0), ("1970-03-01", 59), ("1969-12-31", -1), ("2000-02-29", 11_016),
            ("2000-03-01", 11_017), ("1900-01-01", -25_567), ("2026-10-31", 20_757),
        ])
    func daysSinceEpoch(text: String, days: Int) throws {
        #expect(try #require(CalendarDate(text)).daysSinceEpoch == days)
    }

    @Test("every day of the years 1900 to 2999 is one after the day before")
    func everyDay() throws {
        var previous = try #require(CalendarDate("1900-01-01"))
        var count = 1
        for year in CalendarDate.years {
            for month in 1...12 {
                for day in 1...31 {
                    guard let date = CalendarDate(year: year, month: month, day: day),
                        date > previous
                    else { continue }
                    guard date.days(since: previous) == 1,
                        CalendarDate(daysSinceEpoch: date.daysSinceEpoch) == date
                    else {
                        Issue.record("\(date) is not the day after \(previous)")
                        return
                    }
                    previous = date
                    count += 1
                }
            }
        }
        // 1100 years with a leap day in every fourth but 8 of the 11 century years.
        #expect(count == 1_100 * 365 + 275 - 8)
        #expect(previous.description == "2999-12-31")
        #expect(CalendarDate(daysSinceEpoch: previous.daysSinceEpoch + 1) == nil)
        #expect(CalendarDate(daysSinceEpoch: -25_568) == nil)
        #expect(CalendarDate(daysSinceEpoch: Int.max) == nil)
    }

    @Test("moves by months and keeps to the years 1900 to 2999")
    func months() throws {
        let month = try #require(YearMonth("2025-03"))
        #expect(month.adding(months: -3)?.description == "2024-12")
        #expect(month.adding(months: 10)?.description == "2026-01")
        #expect(month.adding(months: Int.max) == nil)
        #expect(month.adding(months: -12 * 126) == nil)
        #expect(try #require(YearMonth("2026-01")).months(since: month) == 10)
        #expect(YearMonth("2025-3") == nil)
        #expect(YearMonth("2025-13") == nil)
    }
}
