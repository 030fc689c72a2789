import Exchange
import Membership
import Testing

@testable import Store

@Suite("Quota")
struct QuotaTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore
    private let harbor = QuotaKey(node: Samples.node, member: Samples.harbor)
    private let lakeside = QuotaKey(node: Samples.node, member: Samples.lakeside)

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("survives a restart, by asking member and day")
    func restart() async throws {
        try await store.reserveQuota(harbor, day: 20_000, total: 4096)
        try await store.reserveQuota(harbor, day: 20_000, total: 8192)
        try await store.reserveQuota(lakeside, day: 20_000, total: 1)
        try await store.reserveQuota(harbor, day: 20_001, total: 7)
        try store.close()
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        #expect(try await reopened.quotaReserved(day: 20_000) == [harbor: 8192, lakeside: 1])
        #expect(try await reopened.quotaReserved(day: 20_001) == [harbor: 7])
        #expect(try await reopened.quotaReserved(day: 20_002) == [:])
    }

    @Test("never shrinks when two writes overtake each other")
    func overtaken() async throws {
        try await store.reserveQuota(harbor, day: 20_000, total: 8192)
        try await store.reserveQuota(harbor, day: 20_000, total: 4096)
        #expect(try await store.quotaReserved(day: 20_000) == [harbor: 8192])
    }

    @Test("of days long past is forgotten, of the last days not")
    func forgotten() async throws {
        for day in 20_000...20_003 {
            try await store.reserveQuota(harbor, day: day, total: day)
        }
        #expect(try await store.quotaReserved(day: 20_000) == [:])
        for day in 20_001...20_003 {
            #expect(try await store.quotaReserved(day: day) == [harbor: day])
        }
    }

    @Test("below zero is refused")
    func negative() async throws {
        await #expect(throws: StoreError.self) {
            try await store.reserveQuota(harbor, day: 20_000, total: -1)
        }
    }
}
