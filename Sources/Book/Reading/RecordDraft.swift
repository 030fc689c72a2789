import RiskStandard

/// An account record while it is put together, field by field in any order.
struct RecordDraft {
    private(set) var identifier: String?
    private(set) var accountNumber: String?
    private(set) var scheme: String?
    private(set) var name: String?
    private(set) var subjectKind: SubjectKind?
    private(set) var subjectStatus: SubjectStatus?
    private(set) var role: AccountRole?
    private(set) var kind: AccountKind?
    private(set) var product: String?
    private(set) var retail: Bool?
    private(set) var status: AccountStatus?
    private(set) var openedMonth: YearMonth?
    private(set) var closedMonth: YearMonth?
    private(set) var currency: Currency?
    private(set) var overdue: WrittenAmount?
    private(set) var balance: WrittenAmount?
    private(set) var limit: WrittenAmount?
    private(set) var monthlyDue: WrittenAmount?
    private(set) var overduePeak: WrittenAmount?
    private(set) var history: RepaymentHistory?
    private(set) var historyEnds: YearMonth?
    private(set) var badEventEnded: CalendarDate?
    private(set) var relief: String?
    private(set) var dispute: DisputeKind?
    private(set) var ownClass: String?
    private(set) var noticeHeld = false
    private(set) var consent = ConsentDraft()
    private(set) var facts = LoanFacts()
    /// The letter that rules have set for the row's period.
    private(set) var letter: RepaymentHistory.Letter?

    /// Sets a field; ``FieldValue/nothing`` leaves it as it was.
    mutating func set(_ field: Field, _ value: FieldValue) {
        switch value {
        case .nothing: break
        case .text(let text): setText(field, text)
        case .words(let words): consent.purposes = words
        case .amount(let amount): setAmount(field, amount)
        case .currency(let currency): self.currency = currency
        case .month(let month): setMonth(field, month)
        case .date(let date) where field == .badEventEnded: badEventEnded = date
        case .instant(let instant): consent.setInstant(field, instant)
        case .letter(let letter): self.letter = letter
        case .history(let history): self.history = history
        case .subjectKind(let kind): subjectKind = kind
        case .subjectStatus(let status): subjectStatus = status
        case .role(let role): self.role = role
        case .kind(let kind): self.kind = kind
        case .status(let status): self.status = status
        case .dispute(let dispute): self.dispute = dispute
        case .basis(let basis): consent.basis = basis
        case .flag(let flag) where field == .retail: retail = flag
        case .flag(let flag) where field == .noticeHeld: noticeHeld = flag
        case .flag, .count, .date, .unknown: facts.set(field, value)
        }
    }

    /// Sets the history and the month in which it ends.
    mutating func setHistory(_ history: RepaymentHistory?, ends: YearMonth?) {
        self.history = history
        historyEnds = ends
    }

    private mutating func setText(_ field: Field, _ text: String) {
        switch field {
        case .identifier: identifier = text
        case .accountNumber: accountNumber = text
        case .scheme: scheme = text
        case .name: name = text
        case .product: product = text
        case .relief: relief = text
        case .ownClass: ownClass = text
        case .consentEvidenceFile: consent.evidenceFile = text
        case .consentEvidenceDigest: consent.evidenceDigest = text
        default: break
        }
    }

    private mutating func setAmount(_ field: Field, _ amount: WrittenAmount) {
        switch field {
        case .overdue: overdue = amount
        case .balance: balance = amount
        case .limit: limit = amount
        case .monthlyDue: monthlyDue = amount
        case .overduePeak: overduePeak = amount
        default: break
        }
    }

    private mutating func setMonth(_ field: Field, _ month: YearMonth) {
        switch field {
        case .openedMonth: openedMonth = month
        case .closedMonth: closedMonth = month
        case .historyEnds: historyEnds = month
        default: break
        }
    }
}
