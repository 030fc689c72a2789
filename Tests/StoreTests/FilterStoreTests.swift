import Exchange
import Membership
import Testing

@testable import Store

@Suite("Filters in the store")
struct FilterStoreTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("come back as they were published, oldest first, with their bytes")
    func roundTrip() async throws {
        let filters = [filter(3, isComplete: true), filter(1), filter(2)]
        for filter in filters { try await publish(filter) }
        try store.close()
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        #expect(try await reopened.publishedFilters() == filters)
        let digest = filters[1].entry.digest
        #expect(try await reopened.filterBody(digest: digest) == [1, 2, 1])
        #expect(try await reopened.filterBody(digest: Samples.bytes(9, count: 32)) == nil)
    }

    @Test("may be empty, and equal under two keys")
    func empty() async throws {
        let first = filter(0, kid: "k1", isComplete: true)
        let second = filter(0, kid: "k2", isComplete: true)
        for filter in [first, second] {
            try await store.publishFilter(filter, body: [], supersedes: [])
        }
        #expect(try await store.publishedFilters() == [first, second])
        #expect(try await store.filterBody(digest: first.entry.digest) == [])
        try await store.publishFilter(
            filter(1, kid: "k1"), body: [1], supersedes: [first.entry.digest])
        #expect(try await store.publishedFilters().map(\.entry.kid) == ["k2", "k1"])
    }

    @Test("leave the manifest when superseded and stay fetchable until pruned")
    func superseded() async throws {
        let old = filter(1, at: "2026-11-01T00:00:00Z", isComplete: true)
        let new = filter(2, at: "2026-11-20T00:00:00Z", isComplete: true)
        try await publish(old)
        try await publish(new, supersedes: [old])
        #expect(try await store.publishedFilters() == [new])
        try await store.pruneFilters(supersededBefore: Samples.time("2026-11-20T00:00:00Z"))
        #expect(try await store.filterBody(digest: old.entry.digest) != nil)
        try await store.pruneFilters(supersededBefore: Samples.time("2026-11-20T00:00:01Z"))
        #expect(try await store.filterBody(digest: old.entry.digest) == nil)
        #expect(try await store.publishedFilters() == [new])
        #expect(try await store.filterBody(digest: new.entry.digest) != nil)
    }

    @Test("published once more are the newest, and served again")
    func again() async throws {
        let one = filter(1, isComplete: true)
        let two = filter(2, isComplete: true)
        try await publish(one)
        try await publish(two, supersedes: [one])
        try await publish(one, supersedes: [two])
        #expect(try await store.publishedFilters() == [one])
        try await store.pruneFilters(supersededBefore: Samples.time("2027-01-01T00:00:00Z"))
        #expect(try await store.filterBody(digest: one.entry.digest) == [1, 2, 1])
    }

    @Test("of peers are kept apart from what this node serves")
    func peers() async throws {
        let entry = filter(1).entry
        try await store.keepPeerFilter(entry, of: Samples.node, body: [1, 2, 3])
        try await store.keepPeerFilter(entry, of: Samples.node, body: [1, 2, 3])
        #expect(try await store.peerFilterBody(digest: entry.digest) == [1, 2, 3])
        #expect(try await store.filterBody(digest: entry.digest) == nil)
        #expect(try await store.publishedFilters().isEmpty)
        let own = filter(2)
        try await publish(own)
        #expect(try await store.peerFilterBody(digest: own.entry.digest) == nil)
    }

    @Test("of peers are kept for 30 days as proof of what was told")
    func prunePeers() async throws {
        let entry = filter(1, at: "2026-10-01T00:00:00Z").entry
        try await store.keepPeerFilter(entry, of: Samples.node, body: [1, 2, 3])
        try await store.pruneFilters(supersededBefore: Samples.time("2026-10-31T00:00:00Z"))
        #expect(try await store.peerFilterBody(digest: entry.digest) != nil)
        try await store.pruneFilters(supersededBefore: Samples.time("2026-10-31T00:00:01Z"))
        #expect(try await store.peerFilterBody(digest: entry.digest) == nil)
        try store.close()
        let bodies = try temporary.withDatabase { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM filterBody")
        }
        #expect(bodies == 0)
    }

    private func filter(
        _ number: Int, kid: String = Samples.kid, at moment: String = "2026-11-25T00:00:00Z",
        isComplete: Bool = false
    ) -> PublishedFilter {
        PublishedFilter(
            entry: ManifestFilter(
                kid: kid, count: number, digest: Samples.bytes(number, count: 32),
                generated: Samples.time(moment)),
            position: TokenPosition(additions: Int64(number), removals: 2),
            isComplete: isComplete)
    }

    private func publish(
        _ filter: PublishedFilter, supersedes: [PublishedFilter] = []
    ) async throws {
        let number = UInt8(filter.entry.count)
        try await store.publishFilter(
            filter, body: [number, 2, number], supersedes: supersedes.map(\.entry.digest))
    }
}
