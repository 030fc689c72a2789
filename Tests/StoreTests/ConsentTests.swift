import Book
import Exchange
import TestSupport
import Testing

@testable import Store

@Suite("Consents of a book")
struct ConsentTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("come with a row or from a consent file")
    func sources() async throws {
        let post = Samples.consent(["post-loan"])
        try store.importBook(
            [Samples.entry(1, consent: Samples.consent())],
            consents: [SubjectConsent(subject: Samples.subject(1), consent: post)])
        let consents = try #require(try await store.record(1).first?.consents)
        #expect(Set(consents.map(\.purposes)) == [["loan-approval"], ["post-loan"]])
    }

    @Test("go with the import that brought them")
    func replaced() async throws {
        try store.importBook([Samples.entry(1, consent: Samples.consent())])
        try store.importBook([Samples.entry(1)])
        #expect(try await store.record(1).first?.consents == [])
    }

    @Test("of another part stay")
    func otherPart() async throws {
        let cards = Samples.header(part: "cards")
        try store.importBook([Samples.entry(1, account: 9, consent: Samples.consent())], as: cards)
        try store.importBook([Samples.entry(1, consent: Samples.consent())])
        try store.importBook([Samples.entry(1)])
        #expect(try await store.record(1).first?.consents == [Samples.consent()])
    }

    @Test(
        "once withdrawn stay withdrawn when the same consent is imported again",
        arguments: ["main", "cards"])
    func withdrawn(part: String) async throws {
        let purposes = ["loan-approval", "post-loan"]
        let withdrawn = Samples.consent(purposes, withdrawn: "2026-11-01T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: withdrawn)])
        let again = Samples.consent(purposes.reversed())
        try store.importBook(
            [Samples.entry(1, account: 5, consent: again)], as: Samples.header(part: part))
        let consents = try #require(try await store.record(1).first?.consents)
        #expect(!consents.isEmpty)
        #expect(consents.allSatisfy { $0 == withdrawn })
    }

    @Test("withdrawn in one part are withdrawn in all")
    func withdrawnEverywhere() async throws {
        try store.importBook([Samples.entry(1, consent: Samples.consent())])
        let withdrawn = Samples.consent(withdrawn: "2026-11-01T00:00:00Z")
        try store.importBook(
            [], consents: [SubjectConsent(subject: Samples.subject(1), consent: withdrawn)],
            as: Samples.header(part: "withdrawals"))
        let consents = try #require(try await store.record(1).first?.consents)
        #expect(consents.count == 2)
        #expect(consents.allSatisfy { $0.withdrawnAt == withdrawn.withdrawnAt })
    }

    @Test("given anew after a withdrawal hold")
    func grantedAnew() async throws {
        let withdrawn = Samples.consent(withdrawn: "2026-11-01T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: withdrawn)])
        let anew = Samples.consent(granted: "2026-11-02T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: anew)])
        let consents = try #require(try await store.record(1).first?.consents)
        #expect(consents.filter { $0.withdrawnAt == nil } == [anew])
    }

    @Test("once withdrawn outlive the account, and no record is seen meanwhile")
    func withdrawnOutlives() async throws {
        let withdrawn = Samples.consent(withdrawn: "2026-11-01T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: withdrawn)])
        try store.importBook([])
        #expect(try await store.record(1).isEmpty)
        #expect(try await store.tokens(kid: Samples.kid, after: 0).isEmpty)
        try store.importBook([Samples.entry(1, consent: Samples.consent())])
        #expect(try await store.record(1).first?.consents == [withdrawn])
    }

    @Test("stated twice with different ends last until the earlier one")
    func contradiction() async throws {
        let ends = ["2027-03-01T00:00:00Z", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"]
        try store.importBook(
            [Samples.entry(1)],
            consents: ends.map {
                SubjectConsent(subject: Samples.subject(1), consent: Samples.consent(expires: $0))
            })
        let consents = try #require(try await store.record(1).first?.consents)
        #expect(consents == [Samples.consent(expires: ends[1])])
    }

    @Test("of a subject without an account are kept for the account that may come")
    func early() async throws {
        let consent = SubjectConsent(subject: Samples.subject(1), consent: Samples.consent())
        try store.importBook([], consents: [consent], as: Samples.header(part: "consents"))
        #expect(try await store.record(1).isEmpty)
        #expect(try await store.books(at: Samples.now).first?.subjects == 0)
        try store.importBook([Samples.entry(1)])
        #expect(try await store.record(1).first?.consents == [Samples.consent()])
    }

    @Test(
        "decide who is undisclosed, at the exact borders",
        arguments: [
            ("2025-12-31T23:59:59Z", 1), ("2026-01-01T00:00:00Z", 0),
            ("2026-06-30T23:59:59Z", 0), ("2026-07-01T00:00:00Z", 1),
        ])
    func undisclosed(moment: String, expected: Int) async throws {
        let consent = Samples.consent(expires: "2026-07-01T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: consent)])
        let book = try #require(try await store.books(at: Samples.time(moment)).first)
        #expect(book.undisclosed == expected)
        #expect(book.subjects == 1)
    }

    @Test(
        "withdrawn leave the subject undisclosed from that second on",
        arguments: [("2026-03-31T23:59:59Z", 0), ("2026-04-01T00:00:00Z", 1)])
    func undisclosedByWithdrawal(moment: String, expected: Int) async throws {
        let consent = Samples.consent(expires: nil, withdrawn: "2026-04-01T00:00:00Z")
        try store.importBook([Samples.entry(1, consent: consent)])
        #expect(try await store.books(at: Samples.time(moment)).first?.undisclosed == expected)
    }
}
