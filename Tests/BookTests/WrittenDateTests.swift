import RiskStandard
import Testing

@testable import Book

@Suite("Dates in any form whose meaning is certain")
struct WrittenDateTests {
    private func read(_ text: String) -> WrittenDate? { WrittenDate(Array(text.utf8)[...]) }

    @Test(
        "year first, in digits, Chinese, or as a spreadsheet's day; a time behind does not count",
        arguments: [
            "2026-01-05", "2026-1-5", "2026/1/5", "2026/01/05", "2026.1.5", "2026年1月5日",
            "2026年01月05日", "2026年1月5", "2026年1月5号", "20260105", "46027", "46027.5",
            "2026-01-05 00:00:00", "2026/1/5 0:00", "2026-01-05T13:14:15", "20260105131415",
            "2026-01-05 13:14:15.123",
        ])
    func days(text: String) throws {
        #expect(read(text) == .day(try #require(CalendarDate("2026-01-05"))))
    }

    @Test("months", arguments: ["2026-1", "2026-01", "2026/1", "2026年1月", "2026年01月", "202601"])
    func months(text: String) throws {
        #expect(read(text) == .month(try #require(YearMonth("2026-01"))))
    }

    @Test(
        "day and month before the year are not guessed",
        arguments: ["01/02/2026", "13/02/2026", "1-2-2026", "1.2.2026", "02/13/2026"])
    func ambiguous(text: String) {
        #expect(read(text) == .ambiguous)
    }

    @Test(
        "anything else is no date",
        arguments: [
            "", "-", "2026", "2026-13-01", "2026-02-29", "26-1-5", "2026-1-5-1", "2026-1/5",
            "20261301", "4602", "460270", "2026.1", "2026年", "2026年13月", "2026-01-05 noon",
            "2026 01 05", "2026-001-05", "1/2/26", "2026--5", "2026年1月5日2",
            String(repeating: "1", count: 41),
        ])
    func none(text: String) {
        #expect(read(text) == nil)
    }

    @Test("a spreadsheet's days are those of the calendar")
    func serials() throws {
        // 25569 is 1970-01-01 in every spreadsheet of the 1900 system.
        for day in stride(from: 10_000, through: 99_999, by: 977) {
            #expect(
                read("\(day)") == .day(try #require(CalendarDate(daysSinceEpoch: day - 25_569))))
        }
    }
}
