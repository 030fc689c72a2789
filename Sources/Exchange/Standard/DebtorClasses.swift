import Book
import Membership
import RiskStandard

/// Judges all accounts of one subject together: what a member holds, what it discloses, what a
/// reader received (protocol/decisions/0023-classes-follow-from-what-is-shown.md).
struct DebtorClasses: Sendable {
    let standards: StandardLibrary
    let scope: Charter.Scope

    /// The record with each account's class as the rules about its debtor make it, where that is
    /// worse than it was. The member's own accounts only: what others hold, it cannot know.
    func judged(_ record: HeldRecord) -> HeldRecord {
        var judged = record
        judged.accounts = self.judged(record.accounts)
        return judged
    }

    /// The same of accounts that one member holds of one subject.
    func judged(_ accounts: [HeldAccount]) -> [HeldAccount] {
        var judged = accounts
        for (name, indices) in Dictionary(
            grouping: accounts.indices, by: { accounts[$0].standard })
        {
            guard let standard = standards.standard(name) else { continue }
            let facts = indices.map { DebtorAccount(accounts[$0]) }
            for (index, found) in zip(indices, results(facts, standard, isComplete: true)) {
                guard let found, found.riskClass > accounts[index].riskClass else { continue }
                judged[index].riskClass = found.riskClass
                judged[index].decidedBy = found.decidedBy
            }
        }
        return judged
    }

    /// The summary with no class better than its own accounts show it to be: what is not shown may
    /// be what makes a share small.
    func judged(_ summary: Summary) -> Summary {
        guard let standard = standards.standard(summary.standard) else { return summary }
        var accounts = summary.accounts
        for (index, found) in self.results(summary, standard).enumerated() {
            guard let found, found.riskClass > accounts[index].riskClass else { continue }
            accounts[index].riskClass = found.riskClass
            accounts[index].decidedBy = found.decidedBy
        }
        return Summary(
            member: summary.member, subjectKind: summary.subjectKind,
            subjectStatus: summary.subjectStatus, asOf: summary.asOf, standard: summary.standard,
            accounts: accounts, inquiries: summary.inquiries, consent: summary.consent,
            statement: summary.statement)
    }

    /// What the accounts of a summary give together, one result an account; nil where the facts
    /// can't be.
    func results(_ summary: Summary, _ standard: Standard) -> [Classification?] {
        results(
            summary.debtorAccounts(institution: 0) + hidden(of: summary), standard,
            isComplete: true
        ).dropLast(hidden(of: summary).count)
    }

    /// In a consortium that shares negative records only, an unknown amount of other debts stands
    /// behind every summary.
    func hidden(of summary: Summary, institution: Int = 0) -> [DebtorAccount] {
        guard scope == .negativeOnly, let asOf = summary.asOf else { return [] }
        let currencies = Set(summary.accounts.compactMap(\.balance?.currency))
        return currencies.sorted().compactMap(CurrencyCode.init).map { currency in
            DebtorAccount(
                institution: institution, asOf: asOf, facts: LoanFacts(), segment: .retail,
                debt: DebtAmounts(currency: currency, balance: DebtAmounts.unknown))
        }
    }

    /// Judges accounts; one whose facts can't be gets nil, and for the others counts by the class
    /// that was reported of it.
    func results(
        _ accounts: [DebtorAccount], _ standard: Standard, isComplete: Bool
    ) -> [Classification?] {
        derivations(accounts, standard, isComplete: isComplete) {
            try standard.assess($0, isComplete: isComplete)
        }
    }

    /// The same with the whole derivations.
    func derivations(
        _ accounts: [DebtorAccount], _ standard: Standard, isComplete: Bool
    ) -> [Derivation?] {
        derivations(accounts, standard, isComplete: isComplete) {
            try standard.derive($0, isComplete: isComplete)
        }
    }

    private func derivations<Result>(
        _ accounts: [DebtorAccount], _ standard: Standard, isComplete: Bool,
        _ judge: ([DebtorAccount]) throws -> [Result]
    ) -> [Result?] {
        var accounts = accounts
        var refused: Set<Int> = []
        while refused.count <= accounts.count {
            do {
                return try judge(accounts).enumerated().map { index, result in
                    refused.contains(index) ? nil : result
                }
            } catch let error as DebtorError {
                refused.insert(error.account)
                accounts[error.account].facts = LoanFacts()
                accounts[error.account].facts.daysPastDue = .unknown
            } catch {
                break
            }
        }
        return accounts.map { _ in nil }
    }
}

extension Summary {
    /// The accounts as one institution's.
    func debtorAccounts(institution: Int) -> [DebtorAccount] {
        accounts.compactMap { account in
            (account.asOf ?? asOf).map {
                DebtorAccount(account, institution: institution, asOf: $0)
            }
        }
    }
}
