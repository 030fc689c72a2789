import Book
import Exchange
import TestSupport
import Testing

@testable import Store

@Suite("Importing a book")
struct BookImportTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("hands an account back as it was given, every field", arguments: [false, true])
    func roundTrip(full: Bool) async throws {
        let account = Samples.account(1, full: full)
        let entry = HeldEntry(
            subject: Samples.subject(1, name: 5, kind: .enterprise), subjectStatus: .bankrupt,
            account: account, consent: Samples.consent(["loan-approval", "post-loan"]))
        try store.importBook([entry])
        let record = try #require(try await store.record(1).first)
        #expect(
            record
                == HeldRecord(
                    member: Samples.harbor, kind: .enterprise, status: .bankrupt,
                    nameChecks: [Samples.nameCheck(5)], accounts: [Samples.asRead(account)],
                    consents: [Samples.consent(["loan-approval", "post-loan"])],
                    inquiries: InquiryCounts(), statement: nil))
    }

    @Test(
        "answers in the order of the tokens, with nothing for what is not held",
        arguments: [1, SQLiteStore.tokensLookedUpMax])
    func order(times: Int) async throws {
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        let tokens = (0..<times).flatMap { _ in [2, 9, 1, 2].map(Samples.token) }
        let found = try await store.records(kid: Samples.kid, tokens: tokens, at: Samples.now)
        let references = (0..<times).flatMap { _ in
            [Samples.reference(2), nil, Samples.reference(1), Samples.reference(2)]
        }
        #expect(found.map { $0.first?.accounts.first?.reference } == references)
        let other = try await store.records(
            kid: "k9", tokens: [Samples.token(1)], at: Samples.now)
        #expect(other == [[]])
    }

    @Test("replaces what the part held before, and only that part and member")
    func replaces() async throws {
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        try store.importBook([Samples.entry(3)], as: Samples.header(part: "cards"))
        try store.importBook([Samples.entry(1)], as: Samples.header(Samples.lakeside))
        try store.importBook([Samples.entry(2), Samples.entry(4)])
        #expect(try await store.record(1).map(\.member) == [Samples.lakeside])
        for number in 2...4 {
            #expect(try await store.record(number).map(\.member) == [Samples.harbor], "\(number)")
        }
    }

    @Test("keeps subjects of several members under one token apart")
    func members() async throws {
        try store.importBook([Samples.entry(1, account: 10, name: 1)])
        try store.importBook(
            [Samples.entry(1, account: 11, name: 2)], as: Samples.header(Samples.lakeside))
        let records = try await store.record(1)
        #expect(records.map(\.member) == [Samples.harbor, Samples.lakeside])
        #expect(
            records.map { $0.accounts.map(\.reference) }
                == [[Samples.reference(10)], [Samples.reference(11)]])
        #expect(records.map(\.nameChecks) == [[Samples.nameCheck(1)], [Samples.nameCheck(2)]])
    }

    @Test("takes one account with two borrowers")
    func coBorrowers() async throws {
        let duplicates = try store.importBook([
            Samples.entry(1, account: 10), Samples.entry(2, account: 10),
        ])
        #expect(duplicates == [])
        for number in 1...2 {
            let record = try #require(try await store.record(number).first)
            #expect(record.accounts.map(\.reference) == [Samples.reference(10)])
        }
        #expect(try await store.classTotals(of: Samples.harbor).map(\.accounts) == [1])
        #expect(try await store.classTotals(of: Samples.harbor).map(\.balance) == [5_000_000])
    }

    @Test("reports accounts that the book has already by index, and leaves them out whole")
    func duplicates() async throws {
        try store.importBook([Samples.entry(3)], as: Samples.header(part: "cards"))
        let duplicates = try store.importBook([
            Samples.entry(1, name: 1), Samples.entry(2),
            Samples.entry(1, name: 2, consent: Samples.consent()), Samples.entry(3),
            Samples.entry(1, account: 9),
        ])
        #expect(duplicates == [2, 3])
        let record = try #require(try await store.record(1).first)
        #expect(record.accounts.count == 2)
        #expect(record.nameChecks == [Samples.nameCheck(1)])
        #expect(record.consents == [])
        #expect(try await store.books(at: Samples.now).map(\.accounts) == [4])
    }

    @Test("keeps the three newest spellings of a name, newest first")
    func names() async throws {
        for name in [1, 2, 2, 3, 4] {
            try store.importBook([Samples.entry(1, name: name)])
        }
        try store.importBook([Samples.entry(1)])
        let expected = [4, 3, 2].map(Samples.nameCheck)
        #expect(try await store.record(1).first?.nameChecks == expected)
    }

    @Test("takes kind and status as the latest file states them")
    func restated() async throws {
        try store.importBook([Samples.entry(1, status: .deceased)])
        #expect(try await store.record(1).first?.status == .deceased)
        let entry = HeldEntry(
            subject: Samples.subject(1, kind: .enterprise), subjectStatus: nil,
            account: Samples.account(1), consent: nil)
        try store.importBook([entry])
        let record = try #require(try await store.record(1).first)
        #expect(record.status == nil)
        #expect(record.kind == .enterprise)
    }

    @Test("does not let a consent file say what kind a subject is")
    func kindOfConsentFile() async throws {
        let entry = HeldEntry(
            subject: Samples.subject(1, kind: .enterprise), subjectStatus: nil,
            account: Samples.account(1), consent: nil)
        let consent = SubjectConsent(
            subject: Samples.subject(1, kind: .person), consent: Samples.consent())
        try store.importBook([entry], consents: [consent])
        #expect(try await store.record(1).first?.kind == .enterprise)
    }

    @Test("finds a subject again after the keys have changed")
    func keyChange() async throws {
        let entry = { (kids: [String], account: Int) in
            HeldEntry(
                subject: Samples.subject(1, name: 1, kids: kids), subjectStatus: nil,
                account: Samples.account(account), consent: nil)
        }
        try store.importBook([entry(["k1"], 1)])
        try store.importBook([entry(["k2", "k1"], 2)], as: Samples.header(part: "cards"))
        let underNew = try await store.records(
            kid: "k2", tokens: [Samples.token(1_000_001)], at: Samples.now)
        #expect(underNew.first?.first?.accounts.count == 2)
        #expect(underNew.first?.first?.nameChecks == [Samples.nameCheck(1)])
        #expect(try await store.record(1) == underNew.first)
    }

    @Test("rolls everything back when the filling fails, and rethrows its error")
    func fillFails() async throws {
        struct Unreadable: Error, Equatable {}
        try store.importBook([Samples.entry(1)])
        let position = try await store.tokenPosition()
        #expect(throws: Unreadable()) {
            try store.importBook(Samples.header(asOf: "2026-11-01")) { writer in
                _ = try writer.add([Samples.entry(2)])
                throw Unreadable()
            }
        }
        #expect(try await store.record(1).count == 1)
        #expect(try await store.record(2).isEmpty)
        #expect(try await store.tokenPosition() == position)
        #expect(try await store.books(at: Samples.now).first?.asOf == Samples.date("2026-10-31"))
    }

    @Test("never commits a part of the rows, even when the filling hides a failure")
    func hiddenFailure() async throws {
        var bad = Samples.account(2)
        bad.product = "NOT A PRODUCT"
        let entry = HeldEntry(
            subject: Samples.subject(2), subjectStatus: nil, account: bad, consent: nil)
        let error = #expect(throws: StoreError.self) {
            try store.importBook(Samples.header()) { writer in
                _ = try writer.add([Samples.entry(1)])
                _ = try? writer.add([entry])
            }
        }
        guard case .failed(let code, let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(code == 275)
        #expect(!message.contains("NOT A PRODUCT"))
        #expect(try await store.record(1).isEmpty)
        #expect(try await store.books(at: Samples.now).isEmpty)
    }

    @Test("counts accounts, subjects and the oldest date over the parts of each member")
    func books() async throws {
        #expect(try await store.books(at: Samples.now).isEmpty)
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        try store.importBook(
            [Samples.entry(2, account: 20)],
            as: Samples.header(part: "cards", asOf: "2026-09-30"))
        try store.importBook([], as: Samples.header(Samples.lakeside, asOf: "2026-11-24"))
        #expect(
            try await store.books(at: Samples.now) == [
                BookState(
                    member: Samples.harbor, asOf: Samples.date("2026-09-30"), subjects: 2,
                    undisclosed: 2, accounts: 3),
                BookState(
                    member: Samples.lakeside, asOf: Samples.date("2026-11-24"), subjects: 0,
                    undisclosed: 0, accounts: 0),
            ])
    }

    @Test("adds balances of one class and currency, and never two currencies")
    func totals() async throws {
        var yen = Samples.account(3)
        yen.balance = Money(minorUnits: 7, currency: "JPY")
        var none = Samples.account(4)
        none.balance = nil
        let entries = [yen, none, Samples.account(2, full: true)].map { account in
            HeldEntry(
                subject: Samples.subject(1), subjectStatus: nil, account: account, consent: nil)
        }
        try store.importBook(entries + [Samples.entry(8), Samples.entry(9)])
        try store.importBook([Samples.entry(1)], as: Samples.header(Samples.lakeside))
        #expect(
            try await store.classTotals(of: Samples.harbor) == [
                ClassTotal(riskClass: .normal, currency: nil, accounts: 1, balance: 0),
                ClassTotal(riskClass: .normal, currency: "CNY", accounts: 2, balance: 10_000_000),
                ClassTotal(riskClass: .normal, currency: "JPY", accounts: 1, balance: 7),
                ClassTotal(
                    riskClass: .substandard, currency: "CNY", accounts: 1, balance: 5_000_000),
            ])
    }
}
