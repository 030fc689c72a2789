extension Standard {
    /// Classifies all accounts of one debtor, each by its own facts and by what the others demand.
    ///
    /// Each account is judged by itself first (its floors, observation and cure); the debtor's
    /// shares and classes are taken from that, then the rules that ask for them. The worst floor
    /// wins, and of equal ones the first in the standard's file. The order of the accounts does not
    /// matter.
    ///
    /// - Parameters:
    ///   - accounts: at one or many institutions, in any order.
    ///   - isComplete: whether these are all accounts that count. False when an institution is
    ///     missing: then what is known decides, and what it could add makes the result "at least".
    /// - Returns: one classification an account, in the order of `accounts`.
    /// - Throws: `DebtorError`: the facts of an account can't be.
    public func assess(
        _ accounts: [DebtorAccount], isComplete: Bool
    ) throws(DebtorError) -> [Classification] {
        try assessment(accounts, isComplete: isComplete).classifications(self)
    }

    func assessment(
        _ accounts: [DebtorAccount], isComplete: Bool
    ) throws(DebtorError) -> DebtorAssessment {
        var assessment = DebtorAssessment(accounts: accounts, isComplete: isComplete)
        for index in accounts.indices {
            do {
                assessment.marks.append(
                    try checked(
                        accounts[index].facts, asOf: accounts[index].asOf,
                        opened: accounts[index].opened))
            } catch {
                throw DebtorError(account: index, fault: error)
            }
        }
        assessment.run(compiled, settings: settings)
        return assessment
    }
}
