import Book
import Membership
import RiskStandard

@testable import Exchange

extension Samples {
    /// What a charter with these changes lets display at a moment.
    static func terms(
        at moment: Timestamp = now, _ change: (inout Charter) -> Void = { _ in }
    ) -> DisplayTerms {
        var charter = TestDirectory().charter
        change(&charter)
        guard let terms = DisplayTerms(charter, at: moment) else {
            preconditionFailure("a sample that cannot be read")
        }
        return terms
    }

    /// The People's Bank of China's one-off repair of 22 December 2025, as a charter states it.
    static let repair = Charter.DisplayRule(
        id: "pboc-repair-2025", subjects: .persons,
        event: .init(from: "2020-01-01", to: "2025-12-31"),
        amountMax: .init(amount: 1_000_000, currency: "CNY"), repaidBy: "2026-03-31",
        effectiveFrom: "2026-01-01")

    /// A loan of which the history tells.
    static func account(
        letters: String?, ending: String = "2026-10", status: AccountStatus = .open,
        closed: String? = nil, cleared: String? = nil, peak: Int64? = nil, daysPastDue: Int = 0
    ) -> HeldAccount {
        var account = heldAccount(1, daysPastDue: daysPastDue)
        account.status = status
        account.closedMonth = closed.map(month)
        account.badEventEnded = cleared.map(date)
        account.overduePeak = peak.map(yuan)
        if let letters {
            account.history = try? RepaymentHistory(letters: letters)
            account.historyEnds = month(ending)
        }
        return account
    }
}
