import Book
import RiskStandard

/// An account as it is held: exact amounts, the class and what it was made from.
public struct HeldAccount: Sendable, Equatable {
    /// Stable reference.
    public var reference: AccountReference
    /// What the subject is to it.
    public var role: AccountRole
    /// The shape of the claim.
    public var kind: AccountKind
    /// The lender's product.
    public var product: String
    /// Whether the rules for retail apply.
    public var isRetail: Bool
    /// Where it stands.
    public var status: AccountStatus
    /// Month of opening.
    public var openedMonth: YearMonth?
    /// Month of closing.
    public var closedMonth: YearMonth?
    /// The class by the standard.
    public var riskClass: RiskClass
    /// The rule that decided it.
    public var decidedBy: RuleID
    /// The standard by which it was classified.
    public var standard: StandardID
    /// The facts that the class was made from.
    public var facts: LoanFacts
    /// Due and unpaid.
    public var overdue: Money?
    /// Principal outstanding.
    public var balance: Money?
    /// Limit of a card or line.
    public var limit: Money?
    /// Due in a month.
    public var monthlyDue: Money?
    /// PBoC letters.
    public var history: RepaymentHistory?
    /// Month of the newest letter.
    public var historyEnds: YearMonth?
    /// When the bad event ended, from which retention runs; nil while it lasts.
    public var badEventEnded: CalendarDate?
    /// The largest amount that was past due at once in bad events that are over; nil: not known.
    public var overduePeak: Money?
    /// A relief that was agreed.
    public var relief: String?
    /// What the borrower disputes.
    public var dispute: DisputeKind?
    /// Whether the borrower was told before negative data is furnished.
    public var noticeHeld: Bool
    /// The day whose end this shows.
    public var asOf: CalendarDate

    /// Makes an account.
    public init(
        reference: AccountReference, role: AccountRole, kind: AccountKind, product: String,
        isRetail: Bool, status: AccountStatus, openedMonth: YearMonth?, closedMonth: YearMonth?,
        riskClass: RiskClass, decidedBy: RuleID, standard: StandardID, facts: LoanFacts,
        overdue: Money?, balance: Money?, limit: Money?, monthlyDue: Money?,
        history: RepaymentHistory?, historyEnds: YearMonth?, badEventEnded: CalendarDate?,
        relief: String?, dispute: DisputeKind?, noticeHeld: Bool = false, asOf: CalendarDate
    ) {
        self.reference = reference
        self.role = role
        self.kind = kind
        self.product = product
        self.isRetail = isRetail
        self.status = status
        self.openedMonth = openedMonth
        self.closedMonth = closedMonth
        self.riskClass = riskClass
        self.decidedBy = decidedBy
        self.standard = standard
        self.facts = facts
        self.overdue = overdue
        self.balance = balance
        self.limit = limit
        self.monthlyDue = monthlyDue
        self.history = history
        self.historyEnds = historyEnds
        self.badEventEnded = badEventEnded
        self.relief = relief
        self.dispute = dispute
        self.noticeHeld = noticeHeld
        self.asOf = asOf
    }
}

extension HeldAccount {
    /// Whether something bad stands: arrears, a non-performing class, or a written-off debt that is
    /// still claimed. When it ends, retention begins to run (`badEventEnded`).
    public var isInBadEvent: Bool {
        (facts.daysPastDueKnown ?? 0) > 0 || (overdue?.minorUnits ?? 0) > 0
            || riskClass.isNonPerforming || status == .writtenOffStillClaimed
    }

    /// The letter that the file itself states for the month of the as-of date; nil when it states
    /// none.
    public var statedLetter: RepaymentHistory.Letter? {
        guard let history, let historyEnds else { return nil }
        let index = history.months.count - 1 - historyEnds.months(since: asOf.yearMonth)
        return history.months.indices.contains(index) ? history.months[index] : nil
    }
}

extension LoanFacts {
    /// Days past due; nil when they are not known. Absent is 0.
    var daysPastDueKnown: Int? {
        switch daysPastDue {
        case .absent: 0
        case .unknown: nil
        case .known(let days): days
        }
    }
}
