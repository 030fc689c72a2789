import Book
import RiskStandard

/// A stretch of an account's life in which it was not paid as agreed (征信业管理条例 art. 16 counts
/// from its end).
struct BadEvent: Sendable, Equatable {
    /// The letters of the history that show it; empty when none does.
    let letters: Range<Int>
    /// The first day on which it may have been over; nil while it lasts. Data of persons are kept
    /// no longer than the law's years after it, so that of several possible days the first counts.
    let overFrom: CalendarDate?
    /// A day by which it was certainly over; nil while it lasts.
    let overBy: CalendarDate?
    /// Whether the borrower paid what was due: not a guarantor, not by handing over an asset, and
    /// not ended in another way.
    let isRepaid: Bool
}

extension DisclosedAccount {
    /// Whether the claim is no longer the holder's, or paid.
    public var isClosed: Bool { status.isClosed }
}

extension AccountStatus {
    fileprivate var isClosed: Bool {
        switch self {
        case .settled, .transferredOut, .ended: true
        case .open, .writtenOffStillClaimed: false
        }
    }
}

extension HeldAccount {
    /// Whether the claim is no longer the holder's, or paid.
    var isClosed: Bool { status.isClosed }

    /// The account's bad events: those that its history shows, oldest first, then one that only its
    /// lender's statement or its class tells of.
    var badEvents: [BadEvent] {
        let runs = history.map(\.arrearsRuns) ?? []
        var events = runs.enumerated().compactMap { place, run in
            event(showing: run, isLast: place == runs.count - 1)
        }
        if let ended = badEventEnded, events.last?.overFrom != ended {
            events.append(
                BadEvent(letters: 0..<0, overFrom: ended, overBy: ended, isRepaid: true))
        } else if isClosed, riskClass != .normal, badEventEnded == nil, runs.isEmpty {
            // Nothing is claimed any more, so that nothing lasts; when it ended only the closing tells.
            let closing = closedMonth?.firstDay ?? asOf
            events.append(
                BadEvent(letters: 0..<0, overFrom: closing, overBy: nil, isRepaid: false))
        }
        return events
    }

    /// The event behind a run of letters.
    private func event(showing run: Range<Int>, isLast: Bool) -> BadEvent? {
        guard let history, let month = month(ofLetter: run.upperBound - 1) else { return nil }
        let after = history.months[run.upperBound...]
        if isLast, !isClosed, isInArrears, after.allSatisfy({ $0 == .unknown }) {
            return BadEvent(letters: run, overFrom: nil, overBy: nil, isRepaid: false)
        }
        // A letter is the state of its month's last day: arrears were over in the month after, but
        // the letters that tell of an end tell of their own month.
        let letter = history.months[run.upperBound - 1]
        let endMonth = letter.tellsOfAnEnd ? month : month.adding(months: 1)
        var (from, by) = (endMonth?.firstDay, endMonth?.lastDay)
        if isLast, let ended = badEventEnded, let first = month.firstDay, ended >= first {
            (from, by) = (ended, ended)
        }
        return BadEvent(
            letters: run, overFrom: from, overBy: by,
            isRepaid: history.months[run].allSatisfy { !$0.isPaidByOthers })
    }

    /// The month of a letter of the history.
    func month(ofLetter index: Int) -> YearMonth? {
        guard let history, let historyEnds else { return nil }
        return historyEnds.adding(months: index - (history.months.count - 1))
    }

    /// Whether something is unpaid that ought to be paid, or the class is not normal.
    private var isInArrears: Bool {
        if case .known(let days) = facts.daysPastDue, days > 0 { return true }
        return riskClass != .normal || status == .writtenOffStillClaimed
            || (overdue?.minorUnits ?? 0) > 0
    }
}

extension RepaymentHistory {
    /// Stretches of months in arrears, oldest first. An unknown month does not end one; a month in
    /// which arrears were paid late does, and is its last. That an account ended otherwise than by
    /// being settled ends one and begins none: a claim may be sold in good standing.
    var arrearsRuns: [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        var end = 0
        func close() {
            if let begun = start { runs.append(begun..<end) }
            start = nil
        }
        for (index, letter) in months.enumerated() {
            let isBad = letter.isArrears || letter == .paidLate
            if isBad, letter != .endedAbnormally || start != nil {
                start = start ?? index
                end = index + 1
                if letter.tellsOfAnEnd { close() }
            } else if letter != .unknown {
                close()
            }
        }
        close()
        return runs
    }
}

extension RepaymentHistory.Letter {
    /// Whether arrears, or the account, ended in the month itself.
    fileprivate var tellsOfAnEnd: Bool { self == .paidLate || isPaidByOthers }

    /// Whether the account ended otherwise than by the borrower's payment.
    fileprivate var isPaidByOthers: Bool {
        self == .guarantorPaid || self == .endedAbnormally || self == .settledByAsset
    }
}
