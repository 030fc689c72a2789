import Book
import Membership
import RiskStandard

/// What the charter says of what may be displayed of a record at a moment: its scope, how long
/// data are kept, what is hidden, what a withdrawal of consent does (protocol/directory.md).
///
/// Pure: the same record and moment give the same answer, whatever a sweep has deleted by then.
struct DisplayTerms: Sendable {
    /// The moment.
    let now: Timestamp
    /// Its UTC day, by which retention counts.
    let today: CalendarDate
    private let scope: Charter.Scope
    let retention: Charter.Retention
    let withdrawal: Charter.Withdrawal
    let rules: [DisplayRule]
    private let notice: Charter.NegativeNotice

    /// The terms of a charter at a moment; nil outside the years that a date may have.
    init?(_ charter: Charter, at now: Timestamp) {
        guard let today = now.date else { return nil }
        self.now = now
        self.today = today
        scope = charter.scope
        retention = charter.retention
        withdrawal = charter.withdrawal
        rules = charter.displayRules.compactMap(DisplayRule.init)
        notice = charter.negativeNotice
    }

    /// What others may be told of a record, consents apart; nil when it is to them as if nothing
    /// were held: everything has ended, lies outside the scope, or left with its consent.
    func displayed(_ record: HeldRecord) -> HeldRecord? {
        var shown = record
        shown.accounts = record.accounts.compactMap { displayed($0, of: record.kind) }
            .filter { scope == .fullFile || $0.isNegative }
            .filter { effect(on: $0, of: record) != .leave }
        if effectOnInquiries(of: record) == .leave { shown.inquiries = InquiryCounts() }
        if shown.accounts.isEmpty {
            // It was stated with the accounts, and goes with them.
            shown.status = nil
            let hasInquiry = shown.inquiries.days365 > 0
            if !hasInquiry, !record.accounts.isEmpty || record.inquiries != shown.inquiries {
                return nil
            }
        }
        return shown
    }

    /// Whether what may be displayed of a record is held back: it shows arrears of which the borrower
    /// was not told (征信业管理条例 art. 15). Then nothing of it leaves, since an account that is left
    /// out silently would look like none.
    func isHeldBack(_ displayed: HeldRecord) -> Bool {
        notice == .required && displayed.accounts.contains { $0.isNegative && !$0.noticeHeld }
    }

    /// What others may be told of an account; nil when its time is over.
    func displayed(_ account: HeldAccount, of kind: SubjectKind) -> HeldAccount? {
        let events = account.badEvents
        if let last = lastDay(of: account, events: events, kind: kind), last < today { return nil }
        var shown = account
        shown.history = displayedHistory(of: account, events: events, kind: kind)
        shown.historyEnds = shown.history == nil ? nil : account.historyEnds
        return shown
    }

    /// Whether the account's time is over, so that it is to be deleted.
    func hasEnded(_ account: HeldAccount, of kind: SubjectKind) -> Bool {
        displayed(account, of: kind) == nil
    }
}

extension HeldAccount {
    /// Whether the account shows arrears: its class is not normal, it is written off, or a month of
    /// its history was in arrears or paid late.
    var isNegative: Bool {
        riskClass != .normal || status == .writtenOffStillClaimed
            || history?.arrearsRuns.isEmpty == false
    }
}
