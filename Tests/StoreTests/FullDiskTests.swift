import Exchange
import GRDB
import Membership
import TestSupport
import Testing

@testable import Store

/// Writes that need room in a store that has a book already, on a disk that has none.
@Suite("A full disk under a book")
struct FullDiskTests {
    private static let subjects = 1..<2001

    /// A store with a book, opened again with room for so many pages more than it has.
    private func full(
        _ temporary: TemporaryStore, pagesMore: Int
    ) async throws -> SQLiteStore {
        var store = try temporary.open()
        try store.importBook(Self.subjects.map { Samples.entry($0) })
        let pages = try await store.read { db in
            try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        }
        try store.close()
        store = try temporary.open(StoreTuning(pagesMax: pages + pagesMore))
        return store
    }

    private func numbers(_ store: SQLiteStore) async throws -> [Int64] {
        var all: [Int64] = []
        while true {
            let page = try await store.sealedSubjects(
                of: Samples.harbor, after: all.last ?? 0, limit: 1000)
            if page.isEmpty { return all }
            all += page.map(\.id)
        }
    }

    private func check(_ store: SQLiteStore) async throws {
        let problems = try await store.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check")
        }
        #expect(problems == ["ok"])
        #expect(try await store.record(1).first?.accounts.count == 1)
        #expect(try await store.tokens(kid: Samples.kid, after: 0).count == Self.subjects.count)
    }

    @Test("tokens of another key: all of a page or none, and all of them once there is room")
    func tokens() async throws {
        let temporary = try TemporaryStore()
        let store = try await full(temporary, pagesMore: 4)
        let page = try await numbers(store).map { id in
            RekeyedSubject(
                id: id,
                tokens: [
                    SubjectToken(
                        kid: "k2", token: Samples.token(500_000 + Int(id)), nameCheck: nil)
                ])
        }
        await #expect(throws: StoreError.diskFull) { try await store.addTokens(page) }
        #expect(try await store.tokens(kid: "k2", after: 0).isEmpty)
        try await check(store)
        for left in [try temporary.crashed(), temporary] {
            if left === temporary { try store.close() }
            let reopened = try left.open()
            defer { try? reopened.close() }
            #expect(try await reopened.tokens(kid: "k2", after: 0).isEmpty)
            try await reopened.addTokens(page)
            #expect(try await reopened.tokens(kid: "k2", after: 0).count == page.count)
            try await check(reopened)
        }
    }

    /// Puts one account as a request does, with the answer that is kept for its repetition.
    private func put(_ number: Int, into store: SQLiteStore) throws {
        let header = BookHeader(
            member: Samples.harbor, part: "put", asOf: Samples.date("2026-10-31"),
            importedAt: Samples.now, mapping: "plain", extent: .some)
        try store.importBook(header) { draft in
            _ = try draft.add([Samples.entry(number)])
        } approve: { _ in
            IdempotentAnswer(
                member: Samples.harbor, key: "key-\(number)",
                requestDigest: Samples.bytes(number, count: 32),
                answer: Array(repeating: 7, count: 3000), at: Samples.now)
        }
    }

    @Test("a single account: it and its answer or neither, and the same again once there is room")
    func account() async throws {
        let temporary = try TemporaryStore()
        let store = try await full(temporary, pagesMore: 8)
        var number = 700_000
        #expect(throws: StoreError.diskFull) {
            while number < 701_000 {
                number += 1
                try put(number, into: store)
            }
        }
        #expect(number > 700_001, "the first ones still found room")
        let isThere = { (store: SQLiteStore, number: Int) async throws -> [Bool] in
            let answer = try await store.idempotentAnswer(
                of: Samples.harbor, key: "key-\(number)")
            return [try await store.record(number).isEmpty == false, answer != nil]
        }
        #expect(try await isThere(store, number) == [false, false])
        for left in [try temporary.crashed(), temporary] {
            if left === temporary { try store.close() }
            let reopened = try left.open()
            defer { try? reopened.close() }
            #expect(try await isThere(reopened, number - 1) == [true, true])
            #expect(try await isThere(reopened, number) == [false, false])
            try put(number, into: reopened)
            #expect(try await isThere(reopened, number) == [true, true])
            #expect(try await reopened.record(1).first?.accounts.count == 1)
        }
    }
}
