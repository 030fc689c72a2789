import Book
import Testing

@testable import Exchange

@Suite("What a report concludes")
struct ReportVerdictTests {
    @Test("the worse of the published and the recomputed class counts")
    func recomputed() throws {
        let verdict = try #require(Samples.report().verdict(withDisputed: true))
        #expect(verdict.riskClass == .doubtful)
        #expect(verdict.decidedBy.description == "cn-2023/12")
        #expect(verdict.member == Samples.member("lakeside"))
    }

    @Test("disputed accounts are left out on demand")
    func disputed() throws {
        let disputed = ReceivedRecord(
            summary: Samples.summary([Samples.fullAccount]), findings: [], isStale: false)
        let report = Self.report([disputed])
        #expect(report.verdict(withDisputed: true)?.riskClass == .substandard)
        #expect(report.verdict(withDisputed: false) == nil)
        #expect(report.hasDisputed)
    }

    @Test("a class that its facts do not give is a finding, too good or too bad")
    func findings() throws {
        var tooGood = Samples.account(1, daysPastDue: 95)
        tooGood.riskClass = .normal
        tooGood.decidedBy = Samples.rule("cn-2023/6")
        var tooBad = Samples.account(2, daysPastDue: 0)
        tooBad.riskClass = .loss
        tooBad.decidedBy = Samples.rule("cn-2023/13")
        let check = ClassCheck(standards: .embedded)
        let findings = check.findings(
            Samples.summary([tooGood, Samples.account(3, daysPastDue: 31), tooBad]))
        #expect(findings.map(\.account) == [0, 2])
        #expect(findings.map(\.isTooGood) == [true, false])
        #expect(findings.map(\.recomputed?.riskClass) == [.substandard, .normal])
    }

    @Test("a standard that is not known here makes every class a finding")
    func unknownStandard() throws {
        var summary = Samples.summary([Samples.account(1)])
        summary.standard = try #require(.init("xx-2030@1"))
        let findings = ClassCheck(standards: .embedded).findings(summary)
        #expect(findings.map(\.recomputed) == [nil])
        #expect(findings.map(\.isTooGood) == [true])
    }

    @Test("amounts: bands added at both ends, a reference once, guarantees apart, currencies apart")
    func exposures() {
        let report = Samples.report()
        #expect(
            report.exposures(\.balance) == [
                // Two loans at lakeside and the asker's own, 50k–100k each.
                Exposure(currency: "CNY", atLeast: 15_000_000, below: 30_000_000),
                Exposure(currency: "USD", atLeast: 1_234_567, below: 1_234_567),
            ])
        #expect(
            report.exposures(\.overdue) == [
                Exposure(currency: "CNY", atLeast: 1_000_000, below: 2_000_000),
                Exposure(currency: "USD", atLeast: 5, below: 5),
            ])
        let twice = Self.report([
            ReceivedRecord(
                summary: Samples.summary([Samples.account(1)]), findings: [], isStale: false),
            ReceivedRecord(
                summary: Samples.summary([Samples.account(1)], by: "cedar"), findings: [],
                isStale: false),
        ])
        #expect(twice.exposures(\.balance).map(\.atLeast) == [5_000_000])
    }

    @Test("an open band has no upper end")
    func openBand() {
        var account = Samples.account(1)
        account.balance = .band(.from10m, currency: "CNY")
        let record = ReceivedRecord(
            summary: Samples.summary([account, Samples.account(2)]), findings: [], isStale: false)
        #expect(
            Self.report([record]).exposures(\.balance) == [
                Exposure(currency: "CNY", atLeast: 1_005_000_000, below: nil)
            ])
    }

    @Test("lenders and inquiries are summed, the asker included")
    func sums() {
        let report = Samples.report()
        #expect(report.lendersWithOpenAccount == 3)
        #expect(report.inquiries == InquiryCounts(days30: 1, days90: 3, days365: 4))
    }

    @Test("lenders on trial and withdrawn ones do not keep a report incomplete; suspended ones do")
    func completeness() {
        #expect(Samples.report(missing: false).isComplete)
        #expect(
            Samples.report().missing.map(\.member.text) == [
                "birch", "willow", "reed", "moss", "fern",
            ])
    }

    private static func report(_ records: [ReceivedRecord]) -> Report {
        let whole = Samples.report(missing: false)
        return Report(
            at: whole.at, terms: whole.terms, asker: whole.asker, purpose: whole.purpose,
            members: whole.members, nodes: whole.nodes, records: records, own: nil,
            countedInquiry: false)
    }
}
