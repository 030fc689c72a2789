import Book
import Exchange
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("The draft of an import")
struct ImportDraftTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("leaves the store in use, and shows nothing before it is applied")
    func inUse() async throws {
        try store.importBook([Samples.entry(1)])
        let store = store
        var draft: Task<Void, any Error>?
        let (reads, signal) = AsyncStream<Void>.makeStream()
        try store.importBook(Samples.header(asOf: "2026-11-01")) { filling in
            try filling.add([Samples.entry(1), Samples.entry(2)])
            let held = try store.pool.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM account")
            }
            #expect(held == 1)
            draft = Task {
                _ = try await store.recordInquiry(Samples.inquiry(7))
                signal.finish()
            }
        } approve: { _ in
            nil
        }
        for await _ in reads {}
        try await draft?.value
        #expect(try await store.record(2).count == 1)
        #expect(try await store.record(7).count == 1)
    }

    @Test("is one at a time")
    func busy() throws {
        try store.importBook(Samples.header()) { _ in
            #expect(throws: StoreError.busy) { try store.importBook([Samples.entry(1)]) }
        }
        try store.importBook([Samples.entry(1)])
    }

    @Test("changes nothing when whoever imports does not approve of it")
    func refused() async throws {
        struct Refused: Error, Equatable {}
        try store.importBook([Samples.entry(1)])
        let position = try await store.tokenPosition()
        var told: ImportChanges?
        #expect(throws: Refused()) {
            try store.importBook(Samples.header(asOf: "2026-11-01")) { draft in
                var account = Samples.account(2)
                account.asOf = Samples.date("2026-11-01")
                let entry = HeldEntry(
                    subject: Samples.subject(2), subjectStatus: nil, account: account, consent: nil)
                try draft.add([entry])
            } approve: { changes in
                told = changes
                throw Refused()
            }
        }
        #expect(told?.new == 1)
        #expect(told?.vanished == 1)
        #expect(try await store.record(2).isEmpty)
        #expect(try await store.record(1).first?.accounts.first?.status == .open)
        #expect(try await store.tokenPosition() == position)
        #expect(try await store.imports(of: Samples.harbor, limit: 9).count == 1)
    }

    @Test("needs tokens for new subjects, names and keys only")
    func knows() throws {
        let name = Array(repeating: UInt8(1), count: SubjectIdentity.nameDigestCount)
        let other = Array(repeating: UInt8(2), count: SubjectIdentity.nameDigestCount)
        let subject = SubjectKey(
            tokens: Samples.subject(1, name: 1).tokens, kind: .person, nameDigest: name)
        let entry = HeldEntry(
            subject: subject, subjectStatus: nil, account: Samples.account(1), consent: nil)
        let identity = { (digest: [UInt8]?) in
            SubjectIdentity(reference: entry.identity.subject, nameDigest: digest)
        }
        let asked = [identity(nil), identity(name), identity(other)]
        try store.importBook(Samples.header()) { draft in
            #expect(try draft.knows(asked, kids: ["k1"]) == [false, false, false])
            try draft.add([entry])
            #expect(try draft.knows(asked, kids: ["k1"]) == [true, true, false])
        }
        try store.importBook(Samples.header()) { draft in
            #expect(try draft.knows(asked, kids: ["k1"]) == [true, true, false])
            #expect(try draft.knows(asked, kids: ["k1", "k2"]) == [false, false, false])
            try draft.add([entry])
        }
    }

    @Test("keeps an answer with what it answers, also where nothing else changes")
    func answers() async throws {
        let answer = { (key: String, moment: Timestamp) in
            IdempotentAnswer(
                member: Samples.harbor, key: key, requestDigest: Samples.bytes(1, count: 32),
                answer: Array("{}".utf8), at: moment)
        }
        for (key, moment) in [
            ("a", Samples.now), ("b", Samples.now), ("c", Samples.now.advanced(bySeconds: 700_000)),
        ] {
            try store.importBook(Samples.header()) { draft in
                try draft.add([Samples.entry(1)])
            } approve: { _ in
                answer(key, moment)
            }
        }
        let found = { (key: String) in
            try await store.idempotentAnswer(of: Samples.harbor, key: key)
        }
        #expect(try await found("a") == nil, "forgotten after 7 days")
        let last = Samples.now.advanced(bySeconds: 700_000)
        #expect(try await found("c") == answer("c", last))
        #expect(try await store.idempotentAnswer(of: Samples.lakeside, key: "c") == nil)
    }

    @Test("seals what was not sealed, and gives it back with its key")
    func sealed() async throws {
        let plain = Samples.entry(1)
        try store.importBook([plain])
        var header = Samples.header()
        header.sealedKey = [9, 9]
        let sealed = HeldEntry(
            identity: plain.identity, subject: SubjectKey(tokens: [], kind: .person),
            subjectStatus: nil, account: plain.account, consent: nil,
            sealed: SealedIdentity(subject: [1, 2], account: [3, 4]))
        for standing in [RowStanding.unsealed, .unchanged] {
            let changes = try store.importBook(header) { draft in
                #expect(try draft.compare([.read(sealed.identity)]) == [standing])
                if standing == .unsealed { try draft.put([sealed]) }
            }
            #expect(changes.isEmpty)
        }
        let subjects = try await store.sealedSubjects(of: Samples.harbor, after: 0, limit: 9)
        #expect(subjects.map(\.sealed) == [SealedBytes(keyBox: [9, 9], bytes: [1, 2])])
        #expect(subjects.map(\.kids) == [["k1"]])
        let rows = try await store.heldRows(of: Samples.harbor, after: 0, limit: 9)
        #expect(rows.map(\.sealedAccount) == [SealedBytes(keyBox: [9, 9], bytes: [3, 4])])
        #expect(rows.map(\.part) == ["main"])
    }
}
