import Book
import Exchange
import RiskStandard
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite("Class totals of a book")
struct ClassTotalsTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func entry(
        _ subject: Int, account: Int, days: Int = 0, yuan: Int64? = 10,
        riskClass: RiskClass = .normal
    ) -> HeldEntry {
        var held = Samples.account(account)
        held.facts.daysPastDue = .known(days)
        held.riskClass = riskClass
        held.balance = yuan.map { Money(minorUnits: $0 * 100, currency: "CNY") }
        return HeldEntry(
            subject: Samples.subject(subject), subjectStatus: nil, account: held, consent: nil)
    }

    private func total(_ riskClass: RiskClass, _ accounts: Int, yuan: Int64) -> ClassTotal {
        ClassTotal(
            riskClass: riskClass, currency: "CNY", accounts: accounts, balance: yuan * 100)
    }

    @Test("has debtors judged of whom it may matter, each whole, and no others")
    func judged() async throws {
        try store.importBook([
            // Late, and alone.
            entry(1, account: 1, days: 10, riskClass: .specialMention),
            // Two that are paid.
            entry(2, account: 2), entry(2, account: 3),
            // One of two late.
            entry(3, account: 4), entry(3, account: 5, days: 95, riskClass: .substandard),
        ])
        try store.importBook(
            [entry(4, account: 6), entry(4, account: 7, days: 1)],
            as: Samples.header(part: "branch"))
        try store.importBook(
            [entry(3, account: 8), entry(3, account: 9, days: 2)],
            as: Samples.header(Samples.lakeside))
        let asked = Mutex<[Set<AccountReference>]>([])
        let totals = try await store.classTotals(of: Samples.harbor) { accounts in
            asked.withLock { $0.append(Set(accounts.map(\.reference))) }
            return accounts
        }
        let expected = [[4, 5], [6, 7]].map { Set($0.map(Samples.reference)) }
        #expect(asked.withLock { Set($0) } == Set(expected))
        #expect(asked.withLock { $0.count } == 2)
        #expect(totals.map(\.accounts) == [5, 1, 1])
    }

    @Test("a debtor with accounts in two parts of the book is judged with both")
    func parts() async throws {
        try store.importBook([entry(1, account: 1)])
        try store.importBook([entry(1, account: 2, days: 5)], as: Samples.header(part: "branch"))
        let totals = try await store.classTotals(of: Samples.harbor) { accounts in
            accounts.map { account in
                var pulled = account
                if accounts.count == 2 { pulled.riskClass = .doubtful }
                return pulled
            }
        }
        #expect(totals == [total(.doubtful, 2, yuan: 20)])
    }

    @Test("an account of several parties counts once: its worst class, its largest balance")
    func parties() async throws {
        try store.importBook([
            entry(1, account: 1, yuan: nil), entry(2, account: 1, yuan: 70),
            entry(3, account: 1, yuan: 40),
            // The second party has another debt, which is late.
            entry(2, account: 2, days: 95, yuan: 5, riskClass: .substandard),
        ])
        let own = try await store.classTotals(of: Samples.harbor)
        #expect(own == [total(.normal, 1, yuan: 70), total(.substandard, 1, yuan: 5)])
        let pulled = try await store.classTotals(of: Samples.harbor) { accounts in
            accounts.map { account in
                var pulled = account
                pulled.riskClass = max(account.riskClass, .substandard)
                return pulled
            }
        }
        #expect(pulled == [total(.substandard, 2, yuan: 75)])
    }

    @Test("balances beyond what 64 bits hold are refused, not wrapped")
    func overflow() async throws {
        try store.importBook([
            entry(1, account: 1, yuan: .max / 100), entry(2, account: 2, yuan: .max / 100),
        ])
        await #expect(throws: StoreError.self) {
            try await store.classTotals(of: Samples.harbor)
        }
    }

    @Test("a member that never imported has none")
    func unknownMember() async throws {
        #expect(try await store.classTotals(of: Samples.harbor).isEmpty)
    }
}
