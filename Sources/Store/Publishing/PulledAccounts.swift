import RiskStandard

/// Accounts that their debtors pull into worse classes than their own facts: a bit each.
struct PulledAccounts {
    private var accounts: [RiskClass: NumberSet] = [:]

    /// Notes that an account is at least in a class.
    mutating func insert(_ id: Int64, _ riskClass: RiskClass) {
        _ = accounts[riskClass, default: NumberSet()].insert(id)
    }

    /// The class to which an account is pulled; nil when it is not.
    func riskClass(of id: Int64) -> RiskClass? {
        RiskClass.allCases.last { accounts[$0]?.contains(id) == true }
    }
}
