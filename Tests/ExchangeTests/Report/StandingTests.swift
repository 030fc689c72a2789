import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("What the asker's own classes must be")
struct StandingTests {
    /// A firm's loan of exactly so many yuan.
    private func loan(_ number: Int, days: Int = 0, yuan: Int64) -> DisclosedAccount {
        var account = Samples.account(number, daysPastDue: days)
        account.isRetail = false
        account.balance = .exact(Money(minorUnits: yuan * 100, currency: "CNY"))
        return account
    }

    private func report(
        own: [DisclosedAccount], others: [[DisclosedAccount]], missing: Bool = false
    ) -> Report {
        let received = others.enumerated().map { index, accounts in
            ReceivedRecord(
                summary: Samples.summary(
                    accounts, by: index == 0 ? "lakeside" : "cedar", kind: .enterprise),
                findings: [], isStale: false)
        }
        var report = Samples.report(missing: missing)
        report = Report(
            at: report.at, terms: report.terms, asker: report.asker, purpose: report.purpose,
            members: report.members, nodes: report.nodes, records: received,
            own: Samples.summary(own, by: "harbor", kind: .enterprise), countedInquiry: false)
        report.standings = report.standings(
            classes: DebtorClasses(standards: .embedded, scope: .fullFile))
        return report
    }

    @Test("20.01 % of all debt over 90 days elsewhere: substandard by 11(4), current as it is")
    func fifth() throws {
        let report = report(own: [loan(1, yuan: 7_999)], others: [[loan(2, days: 91, yuan: 2_001)]])
        let standing = try #require(report.standings.first)
        #expect(standing.mustFall && standing.held == .normal)
        #expect(standing.classification.riskClass == .substandard)
        #expect(standing.classification.decidedBy.description == "cn-2023/11.4")
        #expect(!standing.classification.isAtLeast)
        let text = ReportText.render(report, language: .english)
        #expect(text.contains("#1: normal → must be substandard by cn-2023/11.4:"))
        let chinese = ReportText.render(report, language: .chinese)
        #expect(chinese.contains("应为 次级 依据 cn-2023/11.4"))
    }

    @Test("20.00 % is special mention by 10(4)")
    func fifthExactly() throws {
        let report = report(own: [loan(1, yuan: 8_000)], others: [[loan(2, days: 91, yuan: 2_000)]])
        let standing = try #require(report.standings.first)
        #expect(standing.classification.decidedBy.description == "cn-2023/10.4")
        #expect(standing.classification.riskClass == .specialMention)
    }

    @Test("the fifth is found over several lenders, and an account that two disclose counts once")
    func spread() throws {
        let spread = report(
            own: [loan(1, yuan: 7_999)],
            others: [[loan(2, days: 91, yuan: 1_000)], [loan(3, days: 120, yuan: 1_001)]])
        #expect(spread.standings.first?.classification.decidedBy.description == "cn-2023/11.4")
        let twice = report(
            own: [loan(1, yuan: 8_500)],
            others: [[loan(2, days: 91, yuan: 1_500)], [loan(2, days: 91, yuan: 1_500)]])
        #expect(twice.standings.first?.classification.decidedBy.description == "cn-2023/10.4")
    }

    @Test("while lenders are missing it is at least, never is")
    func missing() throws {
        let report = report(own: [loan(1, yuan: 100)], others: [], missing: true)
        try #require(!report.isComplete)
        let standing = try #require(report.standings.first)
        #expect(!standing.mustFall)
        #expect(standing.classification.isAtLeast)
        #expect(standing.classification.couldBe == .substandard)
        let text = ReportText.render(report, language: .english)
        #expect(text.contains("#1: stays at least normal"))
    }

    @Test("a retail loan stays, with a watch flag by each rule that leaves it alone")
    func watch() throws {
        var own = loan(1, yuan: 4_000)
        own.isRetail = true
        let report = report(own: [own], others: [[loan(2, days: 91, yuan: 6_000)]])
        let standing = try #require(report.standings.first)
        #expect(!standing.mustFall)
        #expect(
            standing.classification.watch.map(\.description) == ["cn-2023/11.4", "cn-2023/10.4"])
        #expect(ReportText.render(report, language: .english).contains("watch cn-2023/11.4"))
    }

    @Test("what a lender calls worse than its facts counts as that")
    func reported() {
        var called = loan(2, yuan: 2_000)
        called.riskClass = .substandard
        called.decidedBy = Samples.rule("cn-2023/11.2")
        let report = report(own: [loan(1, yuan: 8_000)], others: [[called]])
        #expect(report.standings.first?.classification.decidedBy.description == "cn-2023/10.4")
    }

    @Test("without an own account there is nothing to say")
    func none() {
        let report = report(own: [], others: [[loan(2, days: 91, yuan: 1)]])
        #expect(report.standings.isEmpty)
        #expect(!ReportText.render(report, language: .english).contains("YOUR OWN ACCOUNTS"))
    }
}
