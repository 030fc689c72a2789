import Book
import Membership
import StrictJSON
import Testing

@testable import Exchange

@Suite("What a subject owes in all")
struct ExposureTests {
    private static func report(
        _ accounts: [DisclosedAccount], own: [DisclosedAccount] = []
    ) -> Report {
        let whole = Samples.report(missing: false)
        return Report(
            at: whole.at, terms: whole.terms, asker: whole.asker, purpose: whole.purpose,
            members: whole.members, nodes: whole.nodes,
            records: [
                ReceivedRecord(
                    summary: Samples.summary(accounts), findings: [], isStale: false)
            ], own: own.isEmpty ? nil : Samples.summary(own, by: "harbor"), countedInquiry: false)
    }

    private static func account(
        _ number: Int, _ balance: DisclosedAmount?,
        _ change: (inout DisclosedAccount) -> Void = { _ in }
    ) -> DisclosedAccount {
        var account = Samples.account(number)
        account.balance = balance
        change(&account)
        return account
    }

    private static func exact(_ minorUnits: Int64, _ currency: String = "CNY") -> DisclosedAmount {
        .exact(Money(minorUnits: minorUnits, currency: currency))
    }

    @Test("a band counts from its lower to its upper bound, in minor units of its currency")
    func bands() {
        let report = Self.report([
            Self.account(1, .band(.from1k, currency: "JPY")),
            Self.account(2, .band(.from1k, currency: "CNY")),
            Self.account(3, .band(.from1k, currency: "KWD")),
        ])
        #expect(
            report.exposures(\.balance) == [
                Exposure(currency: "CNY", atLeast: 100_000, below: 200_000),
                Exposure(currency: "JPY", atLeast: 1_000, below: 2_000),
                Exposure(currency: "KWD", atLeast: 1_000_000, below: 2_000_000),
            ])
    }

    @Test("nothing owed is exactly nothing, and little is less than a thousand")
    func small() {
        #expect(
            Self.report([Self.account(1, .band(.zero, currency: "CNY"))]).exposures(\.balance)
                == [Exposure(currency: "CNY", atLeast: 0, below: 0)])
        #expect(
            Self.report([Self.account(1, .band(.under1k, currency: "CNY"))]).exposures(\.balance)
                == [Exposure(currency: "CNY", atLeast: 0, below: 100_000)])
        #expect(Self.report([Self.account(1, nil)]).exposures(\.balance).isEmpty)
    }

    @Test("guarantees and accounts handed on are another's debts")
    func apart() {
        let amount = Self.exact(100)
        let report = Self.report([
            Self.account(1, amount), Self.account(2, amount) { $0.role = .guarantor },
            Self.account(3, amount) { $0.kind = .guarantee },
            Self.account(4, amount) { $0.status = .transferredOut },
            Self.account(5, amount) { $0.role = .coBorrower },
            Self.account(6, amount) { $0.role = .jointLiability },
        ])
        #expect(
            report.exposures(\.balance) == [
                Exposure(currency: "CNY", atLeast: 300, below: 300)
            ])
    }

    @Test("the asker's own accounts count, exactly, and a reference only once")
    func own() {
        let report = Self.report(
            [Self.account(1, .band(.from1k, currency: "CNY"))],
            own: [Self.account(1, Self.exact(150_000)), Self.account(2, Self.exact(7))])
        #expect(
            report.exposures(\.balance) == [
                Exposure(currency: "CNY", atLeast: 100_007, below: 200_007)
            ])
    }

    @Test("amounts beyond all reason neither turn a sum round nor make a report unreadable")
    func overflow() throws {
        let most = Int64(JSONLimits.integerMax)
        let report = Self.report((0..<200).map { Self.account($0, Self.exact(most)) })
        #expect(
            report.exposures(\.balance) == [Exposure(currency: "CNY", atLeast: most, below: nil)])
        let least = Self.report((0..<200).map { Self.account($0, Self.exact(-most)) })
        #expect(
            least.exposures(\.balance) == [
                Exposure(currency: "CNY", atLeast: -most, below: -most)
            ])
        for report in [report, least] {
            let bytes = report.json.encoded
            #expect(throws: Never.self) {
                try JSONValue(parsing: bytes, limits: JSONLimits(documentBytesMax: 1 << 26))
            }
        }
    }

    @Test("a dispute of the asker's own account is a dispute too")
    func ownDispute() {
        let report = Self.report(
            [Samples.account(1)],
            own: [Self.account(2, nil) { $0.dispute = .paid }])
        #expect(report.hasDisputed)
    }

    @Test(
        "money is written with its thousands apart and its minor units where there are some",
        arguments: [
            (0, "CNY", "CNY 0"), (5, "CNY", "CNY 0.05"), (50, "CNY", "CNY 0.50"),
            (-5, "CNY", "CNY -0.05"), (100, "CNY", "CNY 1"), (99_999, "CNY", "CNY 999.99"),
            (100_000, "CNY", "CNY 1,000"), (1_240_050, "CNY", "CNY 12,400.50"),
            (-123_456_789, "CNY", "CNY -1,234,567.89"), (1_234_567, "JPY", "JPY 1,234,567"),
            (1_500, "KWD", "KWD 1.500"), (1_005, "KWD", "KWD 1.005"),
            (.min, "JPY", "JPY -9,223,372,036,854,775,808"),
            (.max, "CNY", "CNY 92,233,720,368,547,758.07"),
        ] as [(Int64, String, String)])
    func text(minorUnits: Int64, currency: String, text: String) {
        #expect(Money(minorUnits: minorUnits, currency: currency).text == text)
    }
}
