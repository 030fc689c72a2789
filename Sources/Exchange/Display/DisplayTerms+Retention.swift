import Book
import Membership
import RiskStandard

extension DisplayTerms {
    /// The last day on which an account may be displayed; nil: it has no end.
    ///
    /// What is open, or written off and still claimed, has none: an unpaid debt does not end. What
    /// is closed is displayed for `settledMonths` after its closing, and with its bad events until
    /// `negativeYears` after the last of them was over, whichever is later.
    func lastDay(
        of account: HeldAccount, events: [BadEvent], kind: SubjectKind
    ) -> CalendarDate? {
        guard account.isClosed else { return nil }
        let closing = account.closedMonth ?? account.asOf.yearMonth
        guard var last = closing.adding(months: retention.settledMonths)?.lastDay else {
            return nil
        }
        for event in events where !hides(event, of: account, kind: kind) {
            guard let day = lastDay(of: event) else { return nil }
            last = max(last, day)
        }
        return last
    }

    /// The letters that may be displayed; nil when none is left.
    ///
    /// Those of months that are older than `negativeYears` are left out, but for events that may
    /// still be displayed; months of events that may not be count as paid.
    func displayedHistory(
        of account: HeldAccount, events: [BadEvent], kind: SubjectKind
    ) -> RepaymentHistory? {
        guard let history = account.history else { return nil }
        var months = history.months
        var first = months.indices.first { index in
            account.month(ofLetter: index).map(isRecent) ?? true
        }
        for event in events where !event.letters.isEmpty {
            let isOver = lastDay(of: event).map { $0 < today } ?? false
            let masked = event.letters.filter { index in
                isOver || isHidden(index, of: event, account: account, kind: kind)
            }
            for index in masked where months[index] != .unknown { months[index] = .normal }
            if masked.count < event.letters.count {
                first = min(first ?? event.letters.lowerBound, event.letters.lowerBound)
            }
        }
        guard let first else { return nil }
        return try? RepaymentHistory(letters: String(months[first...].map(\.rawValue)))
    }

    /// The last day on which an event may be displayed; nil while it lasts.
    private func lastDay(of event: BadEvent) -> CalendarDate? {
        event.overFrom?.adding(years: retention.negativeYears)
    }

    /// Whether arrears of a month, if they were over the day after it, may be displayed.
    private func isRecent(_ month: YearMonth) -> Bool {
        guard let day = month.adding(months: 1)?.firstDay?.adding(years: retention.negativeYears)
        else { return true }
        return day >= today
    }
}
