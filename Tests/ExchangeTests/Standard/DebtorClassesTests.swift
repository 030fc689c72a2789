import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Classes of all accounts of one subject")
struct DebtorClassesTests {
    private let classes = DebtorClasses(standards: .embedded, scope: .fullFile)

    /// A firm's loan, classed by its own facts.
    private func loan(_ number: Int, days: Int = 0, yuan: Int64 = 100) -> HeldAccount {
        var account = Samples.heldAccount(number, daysPastDue: days)
        account.isRetail = false
        account.balance = Money(minorUnits: yuan * 100, currency: "CNY")
        return account
    }

    private func record(_ accounts: [HeldAccount]) -> HeldRecord {
        HeldRecord(
            member: Samples.member("lakeside"), kind: .enterprise, status: nil, nameChecks: [],
            accounts: accounts, consents: [], inquiries: InquiryCounts(), statement: nil)
    }

    private func summary(_ record: HeldRecord) -> Summary {
        Summary(own: record, standard: Samples.standard)
    }

    @Test("a member publishes by article 7 and 10(4) over its own accounts")
    func published() {
        let pulled = classes.judged(record([loan(1, yuan: 8_999), loan(2, days: 91, yuan: 1_001)]))
        #expect(pulled.accounts.map(\.riskClass) == [.substandard, .substandard])
        #expect(pulled.accounts[0].decidedBy.description == "cn-2023/7")
        #expect(pulled.accounts[1].decidedBy.description == "cn-2023/11.1")
        let touched = classes.judged(
            record([loan(1, yuan: 9_000), loan(2, days: 91, yuan: 1_000)]))
        #expect(touched.accounts[0].riskClass == .specialMention)
        #expect(touched.accounts[0].decidedBy.description == "cn-2023/10.4")
    }

    @Test("what is published by the debtor's rules is no finding, and its opposite is")
    func read() {
        let check = ClassCheck(standards: .embedded)
        let honest = summary(
            classes.judged(record([loan(1, yuan: 8_999), loan(2, days: 91, yuan: 1_001)])))
        #expect(check.findings(honest).isEmpty)
        let flattering = summary(record([loan(1, yuan: 8_999), loan(2, days: 91, yuan: 1_001)]))
        let findings = check.findings(flattering)
        #expect(findings.map(\.isTooGood) == [true])
        #expect(findings[0].recomputed?.decidedBy.description == "cn-2023/7")
        #expect(findings[0].derivation?.steps.contains { $0.outcome == .applies } == true)
    }

    @Test("worse by a debtor's rule is no finding: not all accounts may be shown")
    func hiddenCause() {
        let whole = classes.judged(record([loan(1, yuan: 8_999), loan(2, days: 91, yuan: 1_001)]))
        var shown = whole
        shown.accounts.removeAll { $0.decidedBy.description == "cn-2023/11.1" }
        let check = ClassCheck(standards: .embedded)
        #expect(check.findings(classes.judged(summary(shown))).isEmpty)
        var invented = whole
        invented.accounts = [loan(1)]
        invented.accounts[0].riskClass = .substandard
        invented.accounts[0].decidedBy = Samples.rule("cn-2023/11.1")
        #expect(check.findings(summary(invented)).map(\.isTooGood) == [false])
    }

    @Test("no class leaves better than the accounts that are shown make it")
    func shownShare() {
        // 9 % of all, but 18 % of what is shown.
        let accounts = [loan(1, yuan: 400), loan(2, days: 91, yuan: 90), loan(3, yuan: 510)]
        var shown = classes.judged(record(accounts))
        #expect(shown.accounts[0].riskClass == .specialMention)
        shown.accounts.removeLast()
        let leaving = classes.judged(summary(shown))
        #expect(leaving.accounts.map(\.riskClass) == [.substandard, .substandard])
        #expect(leaving.worstClass == .substandard)
        #expect(ClassCheck(standards: .embedded).findings(leaving).isEmpty)
    }

    @Test("with negative records only, a share of what is shown decides nothing")
    func negativeOnly() {
        let scoped = DebtorClasses(standards: .embedded, scope: .negativeOnly)
        var diverted = loan(1, yuan: 100)
        diverted.facts.fundsDiverted = .known(true)
        diverted.riskClass = .specialMention
        diverted.decidedBy = Samples.rule("cn-2023/10.2")
        let shown = summary(record([diverted, loan(2, days: 91, yuan: 100)]))
        #expect(scoped.judged(shown).accounts.map(\.riskClass) == [.substandard, .specialMention])
        let check = ClassCheck(standards: .embedded)
        #expect(check.findings(shown, scope: .negativeOnly).isEmpty)
        #expect(check.findings(shown, scope: .fullFile).map(\.isTooGood) == [true])
    }

    @Test("observation is counted to the account's own day where a book has several")
    func days() throws {
        var early = loan(1)
        early.asOf = Samples.date("2026-01-31")
        var late = loan(2)
        late.facts.restructuredOn = .known(Samples.date("2026-03-01"))
        late.riskClass = .specialMention
        late.decidedBy = Samples.rule("cn-2023/21")
        let summary = summary(record([early, late]))
        #expect(summary.asOf == Samples.date("2026-01-31"))
        #expect(ClassCheck(standards: .embedded).findings(summary).isEmpty)
        let read = try Summary(json: summary.json, path: "")
        #expect(read == summary)
        #expect(read.accounts.map(\.asOf) == [Samples.bookDay, nil])
    }
}
