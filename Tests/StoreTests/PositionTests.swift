import Exchange
import Pseudonym
import TestSupport
import Testing

@testable import Store

@Suite("Tokens and their position")
struct PositionTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("stand still when an import brings the same subjects")
    func unchanged() async throws {
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        let position = try await store.tokenPosition()
        try store.importBook([Samples.entry(2), Samples.entry(1, account: 7)])
        #expect(try await store.tokenPosition() == position)
    }

    @Test("move on with additions, which are listed by themselves")
    func additions() async throws {
        #expect(try await store.tokenPosition() == TokenPosition(additions: 0, removals: 0))
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        let first = try await store.tokenPosition()
        try store.importBook([Samples.entry(1), Samples.entry(2), Samples.entry(3)])
        let second = try await store.tokenPosition()
        #expect(second.additions > first.additions)
        #expect(second.removals == first.removals)
        #expect(try await numbers(after: 0) == [1, 2, 3])
        #expect(try await numbers(after: first.additions) == [3])
        #expect(try await numbers(after: second.additions) == [])
    }

    @Test("move on with removals")
    func removals() async throws {
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        let first = try await store.tokenPosition()
        try store.importBook([Samples.entry(2)])
        let second = try await store.tokenPosition()
        #expect(second.removals > first.removals)
        #expect(second.additions == first.additions)
        #expect(try await numbers(after: 0) == [2])
    }

    @Test("list a subject anew that went and came back, or had only a consent before")
    func comeback() async throws {
        let consent = SubjectConsent(subject: Samples.subject(2), consent: Samples.consent())
        let consents = Samples.header(part: "consents")
        try store.importBook([], consents: [consent], as: consents)
        #expect(try await store.tokenPosition() == TokenPosition(additions: 0, removals: 0))
        try store.importBook([Samples.entry(1)])
        try store.importBook([])
        let position = try await store.tokenPosition()
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        #expect(try await numbers(after: position.additions) == [1, 2])
    }

    @Test("list a subject that was first asked about and later borrowed once")
    func inquiryFirst() async throws {
        _ = try await store.recordInquiry(Samples.inquiry(1))
        let position = try await store.tokenPosition()
        #expect(try await numbers(after: 0) == [1])
        try store.importBook([Samples.entry(1)])
        try store.importBook([])
        #expect(try await store.tokenPosition() == position)
        #expect(try await numbers(after: 0) == [1])
    }

    @Test("list a subject again when it gets a token under a new key")
    func newKey() async throws {
        try store.importBook([Samples.entry(1)])
        let position = try await store.tokenPosition()
        let entry = HeldEntry(
            subject: Samples.subject(1, kids: ["k1", "k2"]), subjectStatus: nil,
            account: Samples.account(1), consent: nil)
        try store.importBook([entry])
        #expect(
            try await store.tokens(kid: "k2", after: position.additions)
                == TokenHashes([Samples.token(1_000_001)]))
    }

    @Test("count a token once that two members hold")
    func distinct() async throws {
        try store.importBook([Samples.entry(1)])
        try store.importBook([Samples.entry(1)], as: Samples.header(Samples.lakeside))
        #expect(
            try await store.tokens(kid: Samples.kid, after: 0) == TokenHashes([Samples.token(1)]))
    }

    @Test("survive a restart")
    func restart() async throws {
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        try store.importBook([Samples.entry(2)])
        let position = try await store.tokenPosition()
        try store.close()
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        #expect(try await reopened.tokenPosition() == position)
        #expect(position == TokenPosition(additions: 1, removals: 1))
    }

    private func numbers(after additions: Int64) async throws -> Set<Int> {
        let hashes = try await store.tokens(kid: Samples.kid, after: additions).values
        return Set(
            (1...9).filter { hashes.contains(TokenHashes([Samples.token($0)]).values[0]) })
    }
}
