@testable import RiskStandard

let cny = { () -> CurrencyCode in
    guard let code = CurrencyCode("CNY") else { preconditionFailure("CNY is a code") }
    return code
}()

extension DebtorAccount {
    /// An account at an institution: a non-retail one with facts for ``today``, unless said.
    static func at(
        _ institution: Int, _ balance: Int64, overdue days: Int = 0,
        segment: Segment = .nonRetail, _ change: (inout LoanFacts) -> Void = { _ in }
    ) -> DebtorAccount {
        var facts = LoanFacts.overdue(days)
        change(&facts)
        return DebtorAccount(
            institution: institution, asOf: today, facts: facts, segment: segment,
            debt: DebtAmounts(currency: cny, balance: balance...balance))
    }
}

extension Standard {
    /// The first account's class and rule, all others being known.
    func first(_ accounts: [DebtorAccount]) throws -> Classification {
        try assess(accounts, isComplete: true)[0]
    }
}

extension Classification {
    /// Class and rule, as the tables of cases write them.
    var shown: String { "\(riskClass.rawValue) \(decidedBy)" }
}
