import Membership
import RiskStandard

/// Recomputes the classes of what was received (the fifth promise).
struct ClassCheck: Sendable {
    let standards: StandardLibrary

    /// The accounts of a summary whose class does not follow from the facts of all of them.
    ///
    /// A member may publish worse than the facts demand. It is no finding where it names a rule about
    /// the debtor, which may rest on accounts that were not shown, or where what is unknown could
    /// make the class that bad.
    func findings(_ summary: Summary, scope: Charter.Scope = .fullFile) -> [ClassFinding] {
        let standard = standards.standard(summary.standard)
        let classes = DebtorClasses(standards: standards, scope: scope)
        let accounts = summary.debtorAccounts(institution: 0)
        let derivations: [Derivation?] =
            if let standard, accounts.count == summary.accounts.count {
                classes.derivations(
                    accounts + classes.hidden(of: summary), standard, isComplete: true)
            } else {
                summary.accounts.map { _ in nil }
            }
        return zip(summary.accounts, derivations).enumerated().compactMap { index, pair in
            let (account, derivation) = pair
            if let found = derivation?.classification, let standard,
                agrees(account, found, standard)
            {
                return nil
            }
            return ClassFinding(
                account: index, published: account.riskClass, publishedRule: account.decidedBy,
                derivation: derivation)
        }
    }

    private func agrees(
        _ account: DisclosedAccount, _ found: Classification, _ standard: Standard
    ) -> Bool {
        if account.riskClass == found.riskClass { return account.decidedBy == found.decidedBy }
        guard account.riskClass > found.riskClass else { return false }
        return account.riskClass <= found.couldBe || standard.asksDebtor(account.decidedBy)
    }
}
