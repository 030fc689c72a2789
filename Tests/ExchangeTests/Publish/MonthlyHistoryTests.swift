import Book
import RiskStandard
import Testing

@testable import Exchange

@Suite("Repayment letters from imports")
struct MonthlyHistoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Days of whole imports.
        let days: [String]
        /// Day and what stood from it on: days past due, `?` for not known, or a status.
        let states: [(String, String)]
        /// What the file states: letters and their last month.
        var stated: (String, String)?
        var opened: String?
        /// Letters and the month of the last.
        let expected: String
    }

    static let cases = [
        Case(
            testDescription: "a month has the letter of its last imported day",
            days: ["2026-09-10", "2026-09-30", "2026-10-31"],
            states: [("2026-09-10", "40"), ("2026-09-30", "0"), ("2026-10-31", "31")],
            expected: "N2 2026-10"),
        Case(
            testDescription: "what stays as it is has a letter in every imported month",
            days: ["2026-08-31", "2026-09-30", "2026-10-31"], states: [("2026-08-31", "0")],
            expected: "NNN 2026-10"),
        Case(
            testDescription: "a month without an import is unknown, never paid",
            days: ["2026-08-31", "2026-10-31"], states: [("2026-08-31", "0")],
            expected: "N#N 2026-10"),
        Case(
            testDescription: "the file's own letter stands where nothing was imported",
            days: ["2026-08-31", "2026-10-31"], states: [("2026-08-31", "0")],
            stated: ("12N1N", "2026-10"), expected: "12N1N 2026-10"),
        Case(
            testDescription: "of an imported month the import counts",
            days: ["2026-09-30", "2026-10-31"], states: [("2026-09-30", "95")],
            stated: ("NNN", "2026-10"), expected: "N44 2026-10"),
        Case(
            testDescription: "before opening a month without an import is not open yet",
            days: ["2026-08-31", "2026-10-31"], states: [("2026-08-31", "0")],
            stated: ("N", "2026-06"), opened: "2026-08", expected: "N/N#N 2026-10"),
        Case(
            testDescription: "a day on which nobody knew is unknown",
            days: ["2026-09-30", "2026-10-31"], states: [("2026-09-30", "0"), ("2026-10-31", "?")],
            expected: "N# 2026-10"),
        Case(
            testDescription: "after the closing no month has a letter",
            days: ["2026-08-31", "2026-09-30", "2026-10-31"],
            states: [("2026-08-31", "0"), ("2026-09-30", "settled")], expected: "NC 2026-09"),
        Case(
            testDescription: "a written-off debt goes on",
            days: ["2026-09-30", "2026-10-31"],
            states: [("2026-09-30", "written-off-still-claimed")], expected: "BB 2026-10"),
        Case(
            testDescription: "days of the part before the account came do not count",
            days: ["2026-08-31", "2026-09-30"], states: [("2026-09-30", "7")],
            expected: "1 2026-09"),
        Case(
            testDescription: "an account that was put by itself has its own days",
            days: ["2026-08-31"], states: [("2026-09-15", "0"), ("2026-10-02", "9")],
            expected: "N1 2026-10"),
    ]

    @Test("give every month its letter", arguments: cases)
    func letters(_ item: Case) throws {
        let history = MonthlyHistory(
            partDays: item.days.map(Samples.date), changes: try item.states.map(Self.change))
        let stated = try item.stated.map { letters, ends in
            StatedHistory(try RepaymentHistory(letters: letters), ends: Samples.month(ends))
        }
        let found = try #require(
            history.letters(stated: stated, opened: item.opened.map(Samples.month)))
        #expect("\(found.history) \(found.ends)" == item.expected)
    }

    @Test("a letter of the file for its own month counts before the derived one")
    func ownMonth() throws {
        let day = Samples.date("2026-09-30")
        var state = try #require(try Self.change("2026-09-30", "0").state)
        state.statedLetter = .nothingDue
        let history = MonthlyHistory(
            partDays: [day, Samples.date("2026-10-31")],
            changes: [StateChange(from: day, state: state)])
        #expect(history.letters(stated: nil, opened: nil)?.history.letters == "*N")
    }

    @Test("keep the newest five years, and nothing where nothing is known")
    func bounds() throws {
        let months = (0..<72).compactMap { Samples.month("2020-01").adding(months: $0) }
        let days = months.compactMap { CalendarDate(year: $0.year, month: $0.month, day: 1) }
        let first = try #require(days.first)
        let state = try #require(try Self.change("2020-01-01", "0").state)
        let history = MonthlyHistory(
            partDays: days, changes: [StateChange(from: first, state: state)])
        #expect(
            history.letters(stated: nil, opened: nil)?.history.letters
                == String(repeating: "N", count: RepaymentHistory.monthsMax))
        let nothing = MonthlyHistory(partDays: days, changes: [])
        #expect(nothing.letters(stated: nil, opened: nil) == nil)
    }

    @Test("tell when the file contradicts what was imported")
    func contradiction() throws {
        let history = MonthlyHistory(
            partDays: [Samples.date("2026-09-30")], changes: [try Self.change("2026-09-30", "95")])
        let stated = { (letters: String) in
            StatedHistory(try RepaymentHistory(letters: letters), ends: Samples.month("2026-10"))
        }
        #expect(history.contradicts(try stated("NN")))
        #expect(!history.contradicts(try stated("4N")))
        #expect(!history.contradicts(try stated("N")), "it states nothing of the imported month")
    }

    private static func change(_ day: String, _ what: String) throws -> StateChange {
        guard what != "?" else { return StateChange(from: Samples.date(day), state: nil) }
        let status = AccountStatus(rawValue: what) ?? .open
        return StateChange(
            from: Samples.date(day),
            state: AccountState(
                asOf: Samples.date(day), status: status, daysPastDue: Int(what),
                riskClass: .normal, balance: nil, isInBadEvent: false))
    }
}
