import Testing

@testable import RiskStandard

@Suite("Shares of a debtor's debt")
struct SharesTests {
    private func account(
        _ institution: Int, _ balance: ClosedRange<Int64>, overdue days: Int = 0,
        currency: String = "CNY"
    ) throws -> DebtorAccount {
        var account = DebtorAccount.at(institution, 0, overdue: days)
        account.debt = DebtAmounts(
            currency: try #require(CurrencyCode(currency)), balance: balance)
        return account
    }

    @Test("amounts in bands decide only where every amount in them does")
    func bands() throws {
        let standard = try cn2023()
        func judge(_ own: ClosedRange<Int64>, _ bad: ClosedRange<Int64>) throws -> Classification {
            try standard.first([account(1, own), account(2, bad, overdue: 91)])
        }
        let sure = try judge(10...20, 10...20)
        #expect(sure.shown == "substandard cn-2023/11.4")
        #expect(!sure.isAtLeast)
        let open = try judge(10...100, 10...20)
        #expect(open.shown == "special-mention cn-2023/10.4")
        #expect(open.couldBe == .substandard)
        let never = try judge(100...200, 10...20)
        #expect(never.shown == "special-mention cn-2023/10.4")
        #expect(!never.isAtLeast)
        let unknown = try judge(DebtAmounts.unknown, 10...20)
        #expect(unknown.couldBe == .substandard)
        #expect(unknown.riskClass == .specialMention)
        // However much it is, it is all that is owed but for 10.
        let most = try judge(0...10, 10...Int64.max)
        #expect(most.shown == "substandard cn-2023/11.4")
    }

    @Test("currencies are never added: above in all is above, in none is not, else nobody knows")
    func currencies() throws {
        let standard = try cn2023()
        let twoBad = try standard.first([
            account(1, 70...70), account(2, 30...30, overdue: 91),
            account(1, 70...70, currency: "USD"),
            account(2, 30...30, overdue: 91, currency: "USD"),
        ])
        #expect(twoBad.shown == "substandard cn-2023/11.4")
        #expect(!twoBad.isAtLeast)
        let oneBad = try standard.first([
            account(1, 70...70), account(2, 30...30, overdue: 91),
            account(1, 100...100, currency: "USD"),
        ])
        #expect(oneBad.shown == "special-mention cn-2023/10.4")
        #expect(oneBad.couldBe == .substandard)
        let nothingInTheOther = try standard.first([
            account(1, 70...70), account(2, 30...30, overdue: 91),
            account(1, 0...0, currency: "USD"),
        ])
        #expect(nothingInTheOther.shown == "substandard cn-2023/11.4")
        let noneBad = try standard.first([
            account(1, 90...90), account(2, 10...10, overdue: 91),
            account(1, 90...90, currency: "USD"),
        ])
        #expect(!noneBad.isAtLeast)
    }

    @Test("days past due that nobody knows may be over 90")
    func unknownDays() throws {
        var other = try account(2, 30...30)
        other.facts.daysPastDue = .unknown
        let result = try cn2023().first([account(1, 70...70), other])
        #expect(result.riskClass == .normal)
        #expect(result.couldBe == .substandard)
    }

    @Test("the overdue amount counts instead of the whole balance where the file says so")
    func overdueAmount() throws {
        var file = try StandardFile()
        try file.set("settings.overduePart", to: #""overdue-amount""#)
        let standard = try Standard(json: file.bytes())
        func judge(_ overdue: Int64) throws -> String {
            var bad = try account(2, 50...50, overdue: 91)
            bad.debt?.overdue = overdue...overdue
            return try standard.first([account(1, 50...50), bad]).shown
        }
        #expect(try judge(20) == "special-mention cn-2023/10.4")
        #expect(try judge(21) == "substandard cn-2023/11.4")
        let wholeBalance = try cn2023().first([
            account(1, 50...50), account(2, 50...50, overdue: 91),
        ])
        #expect(wholeBalance.shown == "substandard cn-2023/11.4")
    }

    @Test("sums of the largest amounts do not overflow")
    func largest() throws {
        let most = Int64(1) << 53
        var accounts = try (0..<2_000).map { try account($0, most...most) }
        accounts.append(
            contentsOf: try (0..<500).map { try account(5_000 + $0, most...most, overdue: 91) })
        let standard = try cn2023()
        #expect(try standard.first(accounts).shown == "special-mention cn-2023/10.4")
        accounts.append(try account(9_000, 1...1, overdue: 91))
        #expect(
            try standard.assess(accounts, isComplete: true)[1_999].shown
                == "substandard cn-2023/11.4")
    }

    @Test("reads currency codes and nothing else")
    func codes() {
        #expect(CurrencyCode("CNY")?.description == "CNY")
        for text in ["", "CN", "CNYY", "cny", "CN1", "人民币", "C Y"] {
            #expect(CurrencyCode(text) == nil)
        }
    }
}
