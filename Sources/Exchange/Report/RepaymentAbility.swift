import Book
import RiskStandard

/// What a lender needs to judge whether a borrower can repay, as far as the records show it: plain
/// counts with plain definitions (protocol/repayment-ability.md), and no score.
public struct RepaymentAbility: Sendable, Equatable {
    /// Lenders with an open account, the asker included.
    public let lenders: Int
    /// Balances of the subject's own debts, a sum a currency.
    public let exposure: [Exposure]
    /// Which share of them is past due, a share a currency.
    public let overdueShare: [OverdueShare]
    /// Accounts opened in 30, 90 and 365 days.
    public let newAccounts: InquiryCounts
    /// Hard inquiries in the same.
    public let inquiries: InquiryCounts
    /// Months since the last one in arrears: 0 while something is past due, nil when none is known.
    public let monthsSinceArrears: Int?
    /// Whether months are missing from the histories, so that arrears may be more recent.
    public let hasUnknownMonths: Bool
    /// Whether the last six months were better than the six before.
    public let trend: Trend

    /// How arrears of the last six months compare with those of the six before.
    public enum Trend: String, Sendable {
        /// Fewer months in arrears.
        case improving
        /// As many.
        case steady
        /// More.
        case worsening
        /// No history is known.
        case unknown
    }

    /// The share of balances that is past due, in basis points.
    public struct OverdueShare: Sendable, Equatable {
        /// ISO 4217 code.
        public let currency: String
        /// The least that it can be.
        public let atLeast: Int
        /// The most; 10000 is everything.
        public let atMost: Int
    }
}

extension RepaymentAbility {
    /// Months that each half of the trend spans.
    static let trendMonths = 6

    /// From all records of a report, the asker's own included.
    init(_ report: Report) {
        let accounts = report.debts
        let today = report.at.date
        lenders = report.lendersWithOpenAccount
        exposure = report.exposures(\.balance)
        overdueShare = Self.shares(
            overdue: report.exposures(\.overdue), of: report.exposures(\.balance))
        let opened = accounts.compactMap(\.openedMonth)
        func count(_ days: Int) -> Int {
            let first = today.flatMap {
                CalendarDate(daysSinceEpoch: $0.daysSinceEpoch - days)?.yearMonth
            }
            return first.map { first in opened.count { $0 >= first } } ?? 0
        }
        newAccounts = InquiryCounts(days30: count(30), days90: count(90), days365: count(365))
        inquiries = report.inquiries
        let months = today.map { Self.monthsInArrears(accounts, until: $0.yearMonth) } ?? []
        monthsSinceArrears = months.min()
        hasUnknownMonths = accounts.contains { $0.history?.hasUnknownMonth ?? true }
        trend =
            accounts.contains { $0.history != nil } ? Self.trend(of: months) : .unknown
    }

    private static func shares(overdue: [Exposure], of balances: [Exposure]) -> [OverdueShare] {
        balances.map { balance in
            let part = overdue.first { $0.currency == balance.currency }
            return OverdueShare(
                currency: balance.currency,
                atLeast: basisPoints(part?.atLeast ?? 0, of: balance.below) ?? 0,
                atMost: part.map {
                    $0.below.flatMap { basisPoints($0, of: balance.atLeast) } ?? 10_000
                } ?? 0)
        }
    }

    /// Nil of nothing, and of a whole that is open above.
    private static func basisPoints(_ part: Int64, of whole: Int64?) -> Int? {
        guard let whole, whole > 0 else { return nil }
        return Int(min(10_000, Int128(max(0, part)) * 10_000 / Int128(whole)))
    }

    /// How many months back each month in arrears lies, each once; what is past due now is month 0.
    private static func monthsInArrears(
        _ accounts: [DisclosedAccount], until now: YearMonth
    ) -> Set<Int> {
        var months: Set<Int> = []
        for account in accounts {
            if case .known(let days) = account.facts.daysPastDue, days > 0 { months.insert(0) }
            guard let history = account.history, let ends = account.historyEnds else { continue }
            let behind = max(0, now.months(since: ends))
            for (back, letter) in history.months.reversed().enumerated() where letter.isArrears {
                months.insert(behind + back)
            }
        }
        return months
    }

    private static func trend(of months: Set<Int>) -> Trend {
        let recent = months.count { $0 < trendMonths }
        let before = months.count { (trendMonths..<2 * trendMonths).contains($0) }
        if recent == before { return .steady }
        return recent < before ? .improving : .worsening
    }
}

extension Report {
    /// What the borrower can be judged by, no score.
    public var repaymentAbility: RepaymentAbility { RepaymentAbility(self) }

    /// The subject's own debts, each reference once, guarantees and what was sold apart.
    var debts: [DisclosedAccount] {
        var seen: Set<AccountReference> = []
        let accounts = records.flatMap(\.summary.accounts) + (own?.accounts ?? [])
        return accounts.filter { account in
            account.role != .guarantor && account.kind != .guarantee
                && account.status != .transferredOut && seen.insert(account.reference).inserted
        }
    }
}
