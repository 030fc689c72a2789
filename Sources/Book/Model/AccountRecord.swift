import RiskStandard

/// One account of a lender's book as its file states it: who owes, what, and how it is paid.
///
/// Every field of the summary on the wire (protocol/messages.md) has its source here. Identifier
/// and name are raw: the importer checks and normalises them, and forgets them.
public struct AccountRecord: Sendable, Equatable {
    /// The line of the file on which the record begins, counted from 1. For a file with one row
    /// per account and period, the line of the newest period.
    public var line: Int

    /// The identifier's scheme, e.g. `cn-rid`; 1 to 40 of `a`–`z`, `0`–`9`, `-`.
    public var scheme: String
    /// The borrower's identifier as written; at most ``BookLimits/identifierBytesMax`` bytes.
    public var identifier: String
    /// The borrower's name as written; at most ``BookLimits/nameBytesMax`` bytes.
    public var name: String?
    /// Person or enterprise; nil when it follows from the scheme.
    public var subjectKind: SubjectKind?
    /// Set when the borrower has died or is bankrupt.
    public var subjectStatus: SubjectStatus?

    /// The lender's own key of the account, unique in the member's book; at most
    /// ``BookLimits/accountNumberBytesMax`` bytes.
    public var accountNumber: String
    /// The borrower's part in the account.
    public var role: AccountRole
    /// The form of the credit.
    public var kind: AccountKind
    /// The lender's product; 1 to 40 of `a`–`z`, `0`–`9`, `-`.
    public var product: String
    /// Whether the risk standard treats the account as retail.
    public var retail: Bool
    /// Where the account is in its life.
    public var status: AccountStatus
    /// Month of the first drawing.
    public var openedMonth: YearMonth?
    /// Month in which the account was settled, written off, transferred or ended.
    public var closedMonth: YearMonth?

    /// What the risk standard decides by.
    public var facts: LoanFacts

    /// Everything past due, interest included.
    public var overdue: Money?
    /// Principal outstanding.
    public var balance: Money?
    /// The line granted, or the original amount of an instalment loan.
    public var limit: Money?
    /// What is due each month.
    public var monthlyDue: Money?

    /// Monthly repayment letters, newest last.
    public var history: RepaymentHistory?
    /// The month of the newest letter; set exactly when there is a history.
    public var historyEnds: YearMonth?
    /// When arrears were cleared; retention counts from here.
    public var badEventEnded: CalendarDate?
    /// The largest amount that was past due at once in arrears that are over, interest included.
    public var overduePeak: Money?

    /// Relief granted, e.g. `payment-extension`; 1 to 40 of `a`–`z`, `0`–`9`, `-`.
    public var relief: String?
    /// What the borrower disputes.
    public var dispute: DisputeKind?
    /// The lender's own class, for comparison; at most ``BookLimits/ownClassBytesMax`` bytes.
    public var ownClass: String?
    /// Whether the borrower was told before negative data about this account is furnished
    /// (征信业管理条例, article 15).
    public var noticeHeld = false
    /// The ground for showing the account to others; nil when the file states none.
    public var consent: ConsentRecord?

    /// The row as the file has it: the bytes of the CSV record in UTF-8 without its line end, so
    /// that a later reject can give it back. Empty where not known: beyond
    /// ``BookLimits/originalBytesMax``, or of an account put together from several rows. Personal
    /// data.
    public var original: [UInt8] = []

    /// Makes a record of what every account has; the rest is set afterwards.
    public init(
        line: Int, scheme: String, identifier: String, accountNumber: String, role: AccountRole,
        kind: AccountKind, product: String, retail: Bool, status: AccountStatus,
        facts: LoanFacts = LoanFacts()
    ) {
        self.line = line
        self.scheme = scheme
        self.identifier = identifier
        self.accountNumber = accountNumber
        self.role = role
        self.kind = kind
        self.product = product
        self.retail = retail
        self.status = status
        self.facts = facts
    }
}

extension AccountRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Line, kind and status; nothing that names the borrower or the account.
    public var description: String {
        "account of line \(line) (\(kind.rawValue), \(status.rawValue))"
    }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
