import Book
import RiskStandard

/// How an account stood at the end of a day: what the repayment history and the comparison of two
/// days are made from.
public struct AccountState: Sendable, Equatable {
    /// The day.
    public var asOf: CalendarDate
    /// Where the account stood.
    public var status: AccountStatus
    /// Days past due; nil when not known.
    public var daysPastDue: Int?
    /// The class.
    public var riskClass: RiskClass
    /// Principal outstanding.
    public var balance: Money?
    /// The letter that the lender's file itself stated for the month of the day.
    public var statedLetter: RepaymentHistory.Letter?
    /// Whether a bad event lasted (`HeldAccount.isInBadEvent`).
    public var isInBadEvent: Bool

    /// Makes a state.
    public init(
        asOf: CalendarDate, status: AccountStatus, daysPastDue: Int?, riskClass: RiskClass,
        balance: Money?, statedLetter: RepaymentHistory.Letter? = nil, isInBadEvent: Bool
    ) {
        self.asOf = asOf
        self.status = status
        self.daysPastDue = daysPastDue
        self.riskClass = riskClass
        self.balance = balance
        self.statedLetter = statedLetter
        self.isInBadEvent = isInBadEvent
    }

    /// The state of an account on its own day.
    public init(_ account: HeldAccount) {
        self.init(
            asOf: account.asOf, status: account.status,
            daysPastDue: account.facts.daysPastDueKnown, riskClass: account.riskClass,
            balance: account.balance, statedLetter: account.statedLetter,
            isInBadEvent: account.isInBadEvent)
    }

    /// The letter of a month that ended so.
    public var letter: RepaymentHistory.Letter {
        switch status {
        case .open: daysPastDue.map(RepaymentHistory.Letter.init(daysPastDue:)) ?? .unknown
        case .settled: .settled
        case .writtenOffStillClaimed: .badDebt
        case .transferredOut, .ended: .endedAbnormally
        }
    }

    /// Whether nothing follows: no later month has a letter.
    var isFinal: Bool {
        switch status {
        case .settled, .transferredOut, .ended: true
        case .open, .writtenOffStillClaimed: false
        }
    }
}

/// An account's state from a day on, until the next one.
public struct StateChange: Sendable, Equatable {
    /// The first day.
    public let from: CalendarDate
    /// How it stood; nil: it is not known, since the file of that day lacked the account or its row
    /// was rejected.
    public let state: AccountState?

    /// Makes a change.
    public init(from: CalendarDate, state: AccountState?) {
        self.from = from
        self.state = state
    }
}
