import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Repayment ability")
struct RepaymentAbilityTests {
    /// A report of late November 2026 over these accounts of one lender.
    private func ability(_ accounts: [DisclosedAccount]) -> RepaymentAbility {
        let sample = Samples.report(missing: false)
        return Report(
            at: sample.at, terms: sample.terms, asker: sample.asker, purpose: sample.purpose,
            members: sample.members, nodes: sample.nodes,
            records: [
                ReceivedRecord(
                    summary: Samples.summary(
                        accounts, inquiries: InquiryCounts(days30: 1, days90: 2, days365: 4)),
                    findings: [], isStale: false)
            ], own: nil, countedInquiry: false
        ).repaymentAbility
    }

    private func account(
        _ number: Int, opened: String = "2020-01", letters: String? = nil,
        ends: String = "2026-10", days: Int = 0
    ) throws -> DisclosedAccount {
        var account = Samples.account(number, daysPastDue: days)
        account.openedMonth = Samples.month(opened)
        account.history = try letters.map { try RepaymentHistory(letters: $0) }
        account.historyEnds = letters == nil ? nil : Samples.month(ends)
        return account
    }

    @Test("the sample's day is the one that these tests count from")
    func day() {
        #expect(Samples.now.date?.yearMonth == Samples.month("2026-11"))
    }

    @Test("counts new accounts from the month in which each window begins")
    func newAccounts() throws {
        let found = ability([
            try account(1, opened: "2026-11"), try account(2, opened: "2026-10"),
            try account(3, opened: "2026-08"), try account(4, opened: "2026-07"),
            try account(5, opened: "2025-11"), try account(6, opened: "2025-10"),
        ])
        #expect(found.newAccounts == InquiryCounts(days30: 2, days90: 3, days365: 5))
        #expect(found.inquiries == InquiryCounts(days30: 1, days90: 2, days365: 4))
        #expect(found.lenders == 1)
    }

    @Test("the share overdue is exact for exact amounts and a range for bands")
    func overdueShare() throws {
        var exact = try account(1)
        exact.balance = .exact(Money(minorUnits: 300_00, currency: "CNY"))
        exact.overdue = .exact(Money(minorUnits: 100_00, currency: "CNY"))
        #expect(
            ability([exact]).overdueShare
                == [.init(currency: "CNY", atLeast: 3_333, atMost: 3_333)])
        var band = try account(1)
        band.balance = .band(.from10k, currency: "CNY")
        band.overdue = .band(.from2k, currency: "CNY")
        #expect(
            ability([band]).overdueShare
                == [.init(currency: "CNY", atLeast: 1_000, atMost: 5_000)])
        band.balance = .band(.from10m, currency: "CNY")
        #expect(ability([band]).overdueShare == [.init(currency: "CNY", atLeast: 0, atMost: 5)])
        #expect(
            ability([try account(1)]).overdueShare
                == [.init(currency: "CNY", atLeast: 0, atMost: 0)])
    }

    @Test("guarantees, sold debts and a second showing of an account do not count")
    func counted() throws {
        var guarantee = try account(2)
        guarantee.kind = .guarantee
        var sold = try account(3)
        sold.status = .transferredOut
        let found = ability([try account(1), guarantee, sold, try account(1)])
        #expect(found.exposure == ability([try account(1)]).exposure)
    }

    @Test(
        "counts months since arrears to the month of the report",
        arguments: [
            ("NNNN", 0, nil), ("NNN1", 0, 1), ("NN1N", 0, 2), ("1NNN", 0, 4), ("NNNM", 0, nil),
            ("NNNB", 0, 1), ("NNNN", 3, 0),
        ] as [(String, Int, Int?)])
    func monthsSince(_ letters: String, _ days: Int, _ months: Int?) throws {
        let found = ability([try account(1, letters: letters, days: days)])
        #expect(found.monthsSinceArrears == months)
        #expect(!found.hasUnknownMonths)
    }

    @Test("says when months are unknown")
    func unknown() throws {
        #expect(ability([try account(1)]).hasUnknownMonths)
        #expect(ability([try account(1, letters: "N#N")]).hasUnknownMonths)
        #expect(ability([try account(1)]).trend == .unknown)
    }

    @Test(
        "compares the last six months with the six before",
        arguments: [
            // The newest letter is October; November, the report's month, has none yet.
            ("NNNNNNNNNNN", RepaymentAbility.Trend.steady), ("NNNNNNNNNN1", .worsening),
            ("NNNNNN1NNNN", .worsening), ("NNNNN1NNNNN", .improving),
            ("N1NNNNNNN1N", .steady), ("1NNNNNNNNNNNN", .steady),
        ])
    func trend(_ letters: String, _ trend: RepaymentAbility.Trend) throws {
        #expect(ability([try account(1, letters: letters)]).trend == trend)
    }
}
