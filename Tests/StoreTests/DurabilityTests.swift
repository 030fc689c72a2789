import Exchange
import Foundation
import Membership
import RiskStandard
import TestSupport
import Testing

@testable import Store

/// Every durable write: it fails, it is cut off by a crash before its commit, or after it.
/// Then the store is opened again and checked.
@Suite("Durability")
struct DurabilityTests {
    /// A write and what it is seen by.
    struct Write: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let run: @Sendable (SQLiteStore) async throws -> Void
        let isThere: @Sendable (SQLiteStore) async throws -> Bool
    }

    private static let evidence = ConsentEvidence(
        member: Samples.lakeside, reference: Samples.bytes(1, count: 16),
        digest: Samples.bytes(2, count: 32), salt: Samples.bytes(3, count: 32), at: Samples.now)
    private static let filter = ManifestFilter(
        kid: Samples.kid, count: 1, digest: Samples.bytes(1, count: 32), generated: Samples.now)
    private static let quotaKey = QuotaKey(node: Samples.node, member: Samples.harbor)

    /// Bodies and batches are large enough that a full disk stops each write.
    static let writes = [
        Write(testDescription: "import") { store in
            try store.importBook((0..<3000).map { Samples.entry($0) })
        } isThere: {
            try await $0.record(2999).count == 1
        },
        Write(testDescription: "inquiry") { store in
            for number in 0..<300 { _ = try await store.recordInquiry(Samples.inquiry(number)) }
        } isThere: {
            try await $0.record(299).count == 1
        },
        Write(testDescription: "own filter") { store in
            let published = PublishedFilter(
                entry: filter, position: TokenPosition(additions: 1, removals: 0),
                isComplete: true)
            try await store.publishFilter(
                published, body: Array(repeating: 7, count: 100_000), supersedes: [])
        } isThere: {
            try await $0.filterBody(digest: filter.digest)?.count == 100_000
        },
        Write(testDescription: "peer's filter") { store in
            try await store.keepPeerFilter(
                filter, of: Samples.node, body: Array(repeating: 7, count: 100_000))
        } isThere: {
            try await $0.peerFilterBody(digest: filter.digest)?.count == 100_000
        },
        Write(testDescription: "publication") { store in
            for _ in 0..<2000 {
                try await store.recordPublication(Samples.publication())
            }
        } isThere: { store in
            try await store.read { db in
                try Bool.fetchOne(db, sql: "SELECT count(*) = 2000 FROM publicationTotal") == true
            }
        },
        Write(testDescription: "accounts that ended") { store in
            try await leave(store) { store in
                guard let month = YearMonth("2024-01") else { return }
                _ = try await store.forgetAccounts(
                    closedBy: month, after: 0, limit: 1000, where: { _, _ in true })
            }
        } isThere: { store in
            let isGone = try await store.record(1).isEmpty
            let position = try await store.tokenPosition()
            return isGone && position.removals > 0
        },
        Write(testDescription: "subjects that left") { store in
            try await leave(store) { store in
                _ = try await store.reviewSubjects(
                    after: 0, limit: 1000, scope: .fullFile, at: Samples.now
                ) { _ in false }
            }
        } isThere: { store in
            try await store.tokenPosition().removals > 0
        },
        Write(testDescription: "events taken up") { store in
            try store.importBook((0..<3000).map { Samples.entry($0, consent: Samples.consent()) })
            _ = try await store.takeEvents(limit: 3000, logSize: 0) { _ in .empty }
        } isThere: {
            try await $0.takenEvents() != nil
        },
        Write(testDescription: "events settled") { store in
            try store.importBook((0..<3000).map { Samples.entry($0, consent: Samples.consent()) })
            _ = try await store.takeEvents(limit: 3000, logSize: 0) { _ in .empty }
            try await store.settleEvents(areLogged: true)
        } isThere: { store in
            try await store.read { db in
                try Bool.fetchOne(db, sql: "SELECT count(*) = 3000 FROM consent WHERE told = 2")
                    == true
            }
        },
        Write(testDescription: "consent evidence") { store in
            for number in 0..<1000 {
                try await store.recordConsentEvidence(
                    ConsentEvidence(
                        member: Samples.lakeside, reference: Samples.bytes(number, count: 16),
                        digest: evidence.digest, salt: evidence.salt, at: Samples.now))
            }
        } isThere: { store in
            try await store.read { db in
                try Bool.fetchOne(db, sql: "SELECT count(*) = 1000 FROM consentEvidence") == true
            }
        },
        Write(testDescription: "quota") { store in
            for number in 0..<2000 {
                let key = QuotaKey(node: Samples.node, member: Samples.member("member-\(number)"))
                try await store.reserveQuota(key, day: 20_000, total: 7)
            }
        } isThere: {
            try await $0.quotaReserved(day: 20_000).count == 2000
        },
    ]

    /// Settled accounts whose subjects withdrew their consent, and a write that lets them go.
    private static func leave(
        _ store: SQLiteStore, _ write: (SQLiteStore) async throws -> Void
    ) async throws {
        let withdrawn = Samples.consent(withdrawn: "2026-05-01T00:00:00Z")
        try store.importBook(
            (1..<900).map { number in
                var account = Samples.account(number)
                account.status = .settled
                account.closedMonth = YearMonth("2020-01")
                return HeldEntry(
                    subject: Samples.subject(number), subjectStatus: nil, account: account,
                    consent: withdrawn)
            })
        try await write(store)
    }

    @Test("what returned survives a crash", arguments: writes)
    func crashAfter(write: Write) async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        try await write.run(store)
        try await check(temporary.crashed(), write, isThere: true)
    }

    @Test("a full disk changes nothing, and the store goes on", arguments: writes)
    func diskFull(write: Write) async throws {
        let temporary = try TemporaryStore()
        var store = try temporary.open()
        try store.importBook([Samples.entry(900_000)])
        let position = try await store.tokenPosition()
        let pages = try await store.read { db in
            try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        }
        try store.close()
        store = try temporary.open(StoreTuning(pagesMax: pages + 2))
        await #expect(throws: StoreError.diskFull) { try await write.run(store) }
        #expect(try await write.isThere(store) == false)
        #expect(try await store.record(900_000).count == 1)
        try await check(temporary.crashed(), write, isThere: false)
        try store.close()

        store = try temporary.open()
        defer { try? store.close() }
        if write.testDescription == "import" {
            #expect(try await store.tokenPosition() == position)
        }
        #expect(try await store.record(900_000).count == 1)
    }

    /// Where an import is cut off.
    enum Cut: CaseIterable { case filling, approving }

    @Test(
        "an import cut off by a crash leaves the old book, and nothing of its draft",
        arguments: [64, 65_536], Cut.allCases)
    func crashDuringImport(pageCacheKiB: Int, cut: Cut) async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open(
            StoreTuning(importCacheKiB: pageCacheKiB, pageCacheKiB: pageCacheKiB))
        defer { try? store.close() }
        try store.importBook([Samples.entry(1)])
        let position = try await store.tokenPosition()
        var crashed: TemporaryStore?
        try store.importBook(Samples.header(asOf: "2026-11-01")) { draft in
            _ = try draft.add((2..<5000).map { Samples.entry($0) })
            if cut == .filling { crashed = try temporary.crashed() }
        } approve: { _ in
            if cut == .approving { crashed = try temporary.crashed() }
            return nil
        }
        let left = try #require(crashed)
        #expect(FileManager.default.fileExists(atPath: left.path + "-draft"))
        let reopened = try left.open()
        defer { try? reopened.close() }
        #expect(!FileManager.default.fileExists(atPath: left.path + "-draft"))
        #expect(try await reopened.record(1).count == 1)
        #expect(try await reopened.record(2).isEmpty)
        #expect(try await reopened.tokenPosition() == position)
        #expect(try await reopened.books(at: Samples.now).map(\.accounts) == [1])
        #expect(!FileManager.default.fileExists(atPath: temporary.path + "-draft"))
        #expect(try await store.record(1).first?.accounts.first?.status == .ended)
        #expect(try await store.record(4999).count == 1)
    }

    @Test("a small cache does write pages before the commit, so that the test above tests it")
    func spills() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open(StoreTuning(importCacheKiB: 64))
        defer { try? store.close() }
        let before = try temporary.bytes().count
        var during = 0
        try store.importBook(Samples.header()) { draft in
            _ = try draft.add((0..<5000).map { Samples.entry($0) })
        } approve: { _ in
            during = try temporary.bytes().count
            return nil
        }
        #expect(during > before + 500_000)
    }

    @Test("a disk that is full under the draft changes nothing")
    func draftDiskFull() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open(StoreTuning(draftPagesMax: 40, pageCacheKiB: 64))
        defer { try? store.close() }
        try store.importBook([Samples.entry(1)])
        #expect(throws: StoreError.diskFull) {
            try store.importBook((0..<3000).map { Samples.entry($0) })
        }
        #expect(try await store.books(at: Samples.now).map(\.accounts) == [1])
        #expect(!FileManager.default.fileExists(atPath: temporary.path + "-draft"))
        try store.importBook([Samples.entry(1), Samples.entry(2)])
        #expect(try await store.books(at: Samples.now).map(\.accounts) == [2])
    }

    @Test("a store whose making is cut off anywhere is made again", arguments: 1...60)
    func cutOffMaking(pagesMax: Int) async throws {
        let temporary = try TemporaryStore()
        do {
            try temporary.open(StoreTuning(pagesMax: pagesMax)).close()
            #expect(pagesMax > 20)
        } catch let error as StoreError {
            #expect(error == .diskFull)
        }
        for leftover in [try temporary.crashed(), temporary] {
            let store = try leftover.open()
            defer { try? store.close() }
            try store.importBook([Samples.entry(1)])
            #expect(try await store.record(1).count == 1)
        }
    }

    private func check(_ crashed: TemporaryStore, _ write: Write, isThere: Bool) async throws {
        let reopened = try crashed.open()
        defer { try? reopened.close() }
        #expect(try await write.isThere(reopened) == isThere)
        let problems = try await reopened.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check")
        }
        #expect(problems == ["ok"])
    }
}
