import Book
import Membership
import RiskStandard

@testable import Exchange

extension Samples {
    /// An account with something in every field, classified truly.
    static var fullAccount: DisclosedAccount {
        var account = account(1, daysPastDue: 95)
        account.closedMonth = month("2026-11")
        account.overdue = .band(.from10k, currency: "CNY")
        account.limit = .band(.from10m, currency: "JPY")
        account.monthlyDue = .band(.zero, currency: "KWD")
        account.history = try? RepaymentHistory(letters: "N*NN1234")
        account.historyEnds = month("2026-10")
        account.relief = "payment-extension"
        account.dispute = .identityTheft
        return account
    }

    /// A loan in the band from 50,000 yuan, classified truly by its days past due.
    static func account(_ number: Int, daysPastDue: Int = 0) -> DisclosedAccount {
        var facts = LoanFacts()
        facts.daysPastDue = .known(daysPastDue)
        let verdict = classification(facts)
        return DisclosedAccount(
            reference: reference(number), role: .borrower, kind: .instalment,
            product: "consumer-loan", isRetail: true, status: .open,
            openedMonth: month("2025-03"), closedMonth: nil, riskClass: verdict.riskClass,
            decidedBy: verdict.decidedBy, facts: facts, overdue: nil,
            balance: .band(.from50k, currency: "CNY"), limit: nil, monthlyDue: nil, history: nil,
            historyEnds: nil, relief: nil, dispute: nil)
    }

    static func summary(
        _ accounts: [DisclosedAccount], by member: String = "lakeside",
        kind: SubjectKind = .person, inquiries: InquiryCounts = InquiryCounts(),
        statement: String? = nil
    ) -> Summary {
        Summary(
            member: Samples.member(member), subjectKind: kind, subjectStatus: nil,
            asOf: accounts.isEmpty ? nil : bookDay, standard: standard, accounts: accounts,
            inquiries: inquiries,
            consent: DisclosedConsent(
                basis: .consent, purposes: ["loan-approval", "post-loan"],
                expiresAt: time("2027-03-01T00:00:00Z")),
            statement: statement)
    }

    /// A summary with something in every field.
    static var fullSummary: Summary {
        var summary = summary(
            [fullAccount, account(2)],
            inquiries: InquiryCounts(days30: 1, days90: 2, days365: 3),
            statement: "I have paid this. 我已还清。")
        summary.subjectStatus = .bankrupt
        return summary
    }
}
