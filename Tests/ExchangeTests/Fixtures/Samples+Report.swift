import Book
import Membership
import RiskStandard

@testable import Exchange

extension Samples {
    /// A report with every outcome, a disputed account, a class that is too good, two currencies, a
    /// guarantee, and names that are too long.
    static func report(
        masking: Charter.Masking = .named, missing: Bool = true, scope: Charter.Scope = .fullFile
    ) -> Report {
        let outcomes: [(String, String, MemberOutcome)] = [
            ("lakeside", "湖畔示例消费金融有限公司（华东地区总部及各分支机构）", .record),
            ("cedar", "Cedar Demo Leasing and Equipment Finance Company Limited", .record),
            ("maple", "枫叶示例小额贷款", .noRecord),
            ("birch", "白桦示例小额贷款", missing ? .refused(.nameMismatch) : .noRecord),
            ("willow", "柳树示例小额贷款", missing ? .timedOut : .noRecord),
            (
                "reed", "Reed Demo Bank",
                missing ? .stale(bookAsOf: date("2026-10-01")) : .noRecord
            ),
            (
                "moss", "Moss Demo Bank",
                missing ? .error(.malformed("a filter that cannot be decoded")) : .noRecord
            ),
            ("fern", "Fern Demo Bank", missing ? .notAsked(.memberSuspended) : .noRecord),
            ("pine", "Pine Demo Bank", .notAsked(.trial)),
        ]
        let members = outcomes.map { id, legalName, outcome in
            MemberLine(
                member: member(id), legalName: legalName, node: node("\(id)-node"),
                outcome: outcome)
        }
        return Report(
            at: now,
            terms: ReportTerms(
                consortium: consortium, standard: "cn-2023@1", scope: scope, masking: masking,
                directoryVersion: 7),
            asker: member("harbor"), purpose: .loanApproval, members: members,
            nodes: members.map {
                NodeLine(
                    node: $0.node, isOwn: $0.node == node("maple-node"), outcomes: [$0.outcome])
            },
            records: [received, guaranteed], own: own, countedInquiry: true)
    }

    private static var consortium: ConsortiumID {
        guard let id = ConsortiumID("test.creditmesh") else { preconditionFailure("no id") }
        return id
    }

    /// A disputed substandard loan, and one whose facts make it worse than published.
    private static var received: ReceivedRecord {
        var tooGood = account(3, daysPastDue: 280)
        tooGood.riskClass = .specialMention
        tooGood.decidedBy = rule("cn-2023/10.1")
        let summary = summary(
            [fullAccount, tooGood], inquiries: InquiryCounts(days30: 1, days90: 2, days365: 3),
            statement:
                "I have paid this in full and wait for the lender's correction. 我已还清该笔贷款，正在等待更正。")
        return ReceivedRecord(
            summary: summary, findings: ClassCheck(standards: .embedded).findings(summary),
            isStale: true)
    }

    /// A guarantee and a loan in another currency.
    private static var guaranteed: ReceivedRecord {
        var guarantee = account(4)
        guarantee.role = .guarantor
        guarantee.kind = .guarantee
        var foreign = account(5, daysPastDue: 12)
        foreign.balance = .exact(Money(minorUnits: 1_234_567, currency: "USD"))
        foreign.overdue = .exact(Money(minorUnits: 5, currency: "USD"))
        return ReceivedRecord(
            summary: summary([guarantee, foreign], by: "cedar"), findings: [], isStale: false)
    }

    private static var own: Summary {
        summary(
            [account(6)], by: "harbor", inquiries: InquiryCounts(days30: 0, days90: 1, days365: 1))
    }
}
