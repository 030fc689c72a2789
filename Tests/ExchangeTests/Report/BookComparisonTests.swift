import Book
import Exchange
import RiskStandard
import Testing

@Suite("A book on two days")
struct BookComparisonTests {
    private func state(
        _ riskClass: RiskClass, _ status: AccountStatus = .open, owing amount: Int64? = 100,
        in currency: String = "CNY"
    ) throws -> AccountState {
        AccountState(
            asOf: try #require(CalendarDate("2026-10-31")), status: status, daysPastDue: 0,
            riskClass: riskClass,
            balance: amount.map { Money(minorUnits: $0, currency: currency) }, isInBadEvent: false)
    }

    private func compare(
        _ movements: [(before: AccountState?, after: AccountState?)]
    ) throws -> BookComparison {
        var comparison = BookComparison()
        let reference = try #require(AccountReference(bytes: Array(repeating: 7, count: 16)))
        for movement in movements {
            comparison.add(
                AccountMovement(
                    reference: reference, product: "loan", before: movement.before,
                    after: movement.after))
        }
        return comparison
    }

    @Test("moves go from class to class, or to an end, with the balance of the earlier day")
    func moves() throws {
        let sum = try compare([
            (state(.normal, owing: 500), state(.normal, owing: 400)),
            (state(.normal, owing: 300), state(.substandard, owing: 310)),
            (state(.doubtful, .writtenOffStillClaimed), state(.normal)),
            (state(.normal, owing: 70), state(.normal, .settled, owing: 0)),
            (state(.loss, owing: nil), nil),
        ])
        #expect(sum.moves.count == 5)
        let worse = sum.moves[.init(from: .normal, to: .inClass(.substandard))]
        #expect(worse?.accounts == 1)
        #expect(worse?.balances == ["CNY": 300])
        #expect([sum.unchanged, sum.worse, sum.better] == [1, 1, 1])
        #expect(sum.closed.accounts == 1)
        #expect(sum.closed.balances == ["CNY": 70])
        #expect(sum.vanished.accounts == 1)
        #expect(sum.vanished.balances == [:])
        #expect(sum.stood(in: .normal).accounts == 3)
        #expect(sum.stood(in: .normal).balances == ["CNY": 870])
        #expect(sum.standing[.normal]?.balances == ["CNY": 500])
        #expect(sum.new == [:])
    }

    @Test("what was closed before the earlier day counts only when it stands again")
    func later() throws {
        let sum = try compare([
            (nil, state(.normal, owing: 10)),
            (nil, state(.specialMention, owing: 20, in: "USD")),
            (nil, state(.normal, .ended)),
            (state(.normal, .settled), state(.normal, .settled)),
            (state(.normal, .transferredOut), nil),
            (state(.normal, .settled), state(.normal, owing: 5)),
        ])
        #expect(sum.moves == [:])
        #expect(sum.new[.normal]?.accounts == 2)
        #expect(sum.new[.normal]?.balances == ["CNY": 15])
        #expect(sum.new[.specialMention]?.balances == ["USD": 20])
        #expect(sum.reopened == 1)
        #expect(sum.newAndClosed == 1)
        #expect(sum.currencies == ["CNY", "USD"])
    }

    @Test("sums do not overflow")
    func large() throws {
        let most = try state(.normal, owing: .max)
        let sum = try compare([(most, most), (most, nil)])
        #expect(sum.stood(in: .normal).balances == ["CNY": Int128(Int64.max) * 2])
    }
}
