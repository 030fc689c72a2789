import Book
import Membership
import RiskStandard

/// A rule of the charter by which past arrears are not displayed, in the terms of the book.
struct DisplayRule: Sendable {
    private let subjects: Charter.DisplayRule.Subjects
    private let days: ClosedRange<CalendarDate>
    private let amountMax: Money
    private let repaidBy: CalendarDate
    private let effectiveFrom: CalendarDate

    /// Reads a rule that the directory has checked; nil for one that it has not.
    init?(_ rule: Charter.DisplayRule) {
        guard let from = CalendarDate(rule.event.from), let to = CalendarDate(rule.event.to),
            from <= to, let repaidBy = CalendarDate(rule.repaidBy),
            let effectiveFrom = CalendarDate(rule.effectiveFrom)
        else { return nil }
        subjects = rule.subjects
        days = from...to
        amountMax = Money(
            minorUnits: Int64(rule.amountMax.amount), currency: rule.amountMax.currency)
        self.repaidBy = repaidBy
        self.effectiveFrom = effectiveFrom
    }

    /// Whether the rule acts on an event: everything that it asks for must be known to hold. An
    /// amount that the book does not state is not taken for a small one.
    func covers(
        _ event: BadEvent, of account: HeldAccount, kind: SubjectKind, on today: CalendarDate
    ) -> Bool {
        guard effectiveFrom <= today, subjects == .all || kind == .person, event.isRepaid,
            let overBy = event.overBy, overBy <= repaidBy, let peak = account.overduePeak
        else { return false }
        return peak.currency == amountMax.currency && peak.minorUnits <= amountMax.minorUnits
    }

    /// Whether the rule speaks of a month, which counts by its last day as its letter does.
    func speaks(of month: YearMonth) -> Bool {
        month.lastDay.map(days.contains) ?? false
    }
}

extension DisplayTerms {
    /// Whether a rule hides a letter of an event.
    func isHidden(
        _ index: Int, of event: BadEvent, account: HeldAccount, kind: SubjectKind
    ) -> Bool {
        guard let month = account.month(ofLetter: index) else { return false }
        return rules.contains { rule in
            rule.speaks(of: month) && rule.covers(event, of: account, kind: kind, on: today)
        }
    }

    /// Whether rules hide everything that the history shows of an event.
    func hides(_ event: BadEvent, of account: HeldAccount, kind: SubjectKind) -> Bool {
        !event.letters.isEmpty
            && event.letters.allSatisfy { isHidden($0, of: event, account: account, kind: kind) }
    }

    /// Whether rules hide something of an account.
    func hidesSomething(of account: HeldAccount, kind: SubjectKind) -> Bool {
        !rules.isEmpty
            && account.badEvents.contains { event in
                event.letters.contains { isHidden($0, of: event, account: account, kind: kind) }
            }
    }
}
