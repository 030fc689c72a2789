import Book
import RiskStandard

/// The repayment letters of an account from what was imported of it (protocol/book.md, history).
///
/// A month has the letter of its last imported day. Where nothing was imported, what the lender's
/// file itself states stands, and else the month is unknown: never a month paid.
public struct MonthlyHistory: Sendable {
    private typealias Letter = RepaymentHistory.Letter

    /// The letter of every imported month; nil where it is not known how the account stood.
    private let imported: [YearMonth: Letter?]

    /// Makes a history.
    ///
    /// - Parameters:
    ///   - partDays: the days for which the account's part was imported as a whole.
    ///   - changes: how the account stood, oldest first.
    public init(partDays: [CalendarDate], changes: [StateChange]) {
        imported = Self.months(partDays: partDays, changes: changes)
    }

    /// The letters, newest last, at most `RepaymentHistory.monthsMax`; nil when there is none.
    ///
    /// - Parameters:
    ///   - stated: the letters of the lender's file.
    ///   - opened: months before it are "not open yet".
    public func letters(stated: StatedHistory?, opened: YearMonth?) -> StatedHistory? {
        guard let first = imported.keys.min(), let last = imported.keys.max() else { return stated }
        let begin = stated.map { min(first, $0.begins) } ?? first
        let count = min(last.months(since: begin) + 1, RepaymentHistory.monthsMax)
        let letters = (0..<count).reversed().compactMap { age -> Character? in
            guard let month = last.adding(months: -age) else { return nil }
            let letter = (imported[month] ?? nil) ?? stated?.letter(of: month)
            return (letter ?? Self.missing(month, opened: opened)).rawValue
        }
        return (try? RepaymentHistory(letters: String(letters))).map {
            StatedHistory($0, ends: last)
        }
    }

    /// Whether the file states a letter for an imported month that the import did not give.
    public func contradicts(_ stated: StatedHistory) -> Bool {
        imported.contains { month, letter in
            guard let letter, let other = stated.letter(of: month) else { return false }
            return letter != other
        }
    }
}

extension MonthlyHistory {
    /// After the account was closed no month has a letter, unless it was opened again.
    private static func months(
        partDays: [CalendarDate], changes: [StateChange]
    ) -> [YearMonth: Letter?] {
        guard let first = changes.first?.from else { return [:] }
        let days = Set(partDays.filter { $0 >= first } + changes.map(\.from)).sorted()
        var months: [YearMonth: Letter?] = [:]
        var index = 0
        var closed: YearMonth?
        for day in days {
            while index + 1 < changes.count, changes[index + 1].from <= day { index += 1 }
            let state = changes[index].state
            if let closed, closed < day.yearMonth, state?.isFinal ?? true { continue }
            closed = state?.isFinal == true ? closed ?? day.yearMonth : nil
            months[day.yearMonth] = .some(state.map { letter($0, in: day.yearMonth) })
        }
        return months
    }

    /// A stated letter holds for its own month only; what follows is derived.
    private static func letter(_ state: AccountState, in month: YearMonth) -> Letter {
        if state.asOf.yearMonth == month, let stated = state.statedLetter { return stated }
        return state.letter
    }

    private static func missing(_ month: YearMonth, opened: YearMonth?) -> Letter {
        guard let opened, month < opened else { return .unknown }
        return .notOpenYet
    }
}
