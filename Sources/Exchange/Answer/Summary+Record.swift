import Book
import Membership
import RiskStandard

extension Summary {
    /// What leaves of what may be displayed of a record (`DisplayTerms`): amounts in the form that
    /// fits the subject, worst class first, at most `ExchangeLimits.accountsPerSummaryMax`.
    init(displayed record: HeldRecord, consent: HeldConsent, standard: StandardID) {
        let asOf = record.accounts.map(\.asOf).min()
        let accounts = record.accounts
            .sorted { ($1.riskClass, $1.asOf) < ($0.riskClass, $0.asOf) }
            .prefix(ExchangeLimits.accountsPerSummaryMax)
        self.init(
            member: record.member, subjectKind: record.kind, subjectStatus: record.status,
            asOf: asOf, standard: accounts.first?.standard ?? standard,
            accounts: accounts.map { DisclosedAccount($0, for: record.kind, asOf: asOf) },
            inquiries: record.inquiries,
            consent: DisclosedConsent(
                basis: consent.basis, purposes: consent.purposes, expiresAt: consent.expiresAt),
            statement: record.statement)
    }

    /// A member's own record as it sees it itself: everything, without bands.
    init(own record: HeldRecord, standard: StandardID) {
        self.init(
            member: record.member, subjectKind: record.kind, subjectStatus: record.status,
            asOf: record.accounts.map(\.asOf).min(), standard: standard,
            accounts: record.accounts
                .sorted { ($1.riskClass, $1.asOf) < ($0.riskClass, $0.asOf) }
                .map {
                    DisclosedAccount(
                        $0, for: .enterprise, asOf: record.accounts.map(\.asOf).min())
                },
            inquiries: record.inquiries,
            consent: DisclosedConsent(basis: .consent, purposes: [], expiresAt: nil),
            statement: record.statement)
    }
}

extension DisclosedAccount {
    /// - Parameter asOf: the summary's day.
    init(_ account: HeldAccount, for kind: SubjectKind, asOf: CalendarDate?) {
        let disclosed = { (money: Money?) in money.map { DisclosedAmount($0, for: kind) } }
        self.init(
            reference: account.reference, role: account.role, kind: account.kind,
            product: account.product, isRetail: account.isRetail, status: account.status,
            openedMonth: account.openedMonth, closedMonth: account.closedMonth,
            riskClass: account.riskClass, decidedBy: account.decidedBy, facts: account.facts,
            overdue: disclosed(account.overdue), balance: disclosed(account.balance),
            limit: disclosed(account.limit), monthlyDue: disclosed(account.monthlyDue),
            history: account.history, historyEnds: account.historyEnds, relief: account.relief,
            dispute: account.dispute, asOf: account.asOf == asOf ? nil : account.asOf)
    }
}
