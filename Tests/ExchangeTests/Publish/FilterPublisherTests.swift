import Membership
import Pseudonym
import TestSupport
import Testing

@testable import Exchange

@Suite("Filter publisher")
struct FilterPublisherTests {
    private let scene: AnswerScene
    private var store: any Store { scene.node.store }

    init() throws {
        scene = try AnswerScene()
    }

    private func manifest() async throws -> Manifest {
        try #require(await scene.publisher.manifest)
    }

    private func refreshed(rebuild: Bool = false) async throws -> [Int] {
        try await scene.publisher.refresh(rebuild: rebuild)
        return try await manifest().filters.map(\.count)
    }

    /// The filters of the manifest, decoded from what is served.
    private func union(kid: String = "k1") async throws -> [TokenFilter] {
        var union: [TokenFilter] = []
        for entry in try await manifest().filters where entry.kid == kid {
            let body = try #require(await store.filterBody(digest: entry.digest))
            union.append(try TokenFilter(encoded: body, count: entry.count))
        }
        return union
    }

    @Test("an empty book has an empty filter: that nothing is held is said, not left open")
    func empty() async throws {
        #expect(try await refreshed() == [0])
        #expect(try await union().allSatisfy { !$0.mayContain(Samples.token(1)) })
    }

    @Test("a refresh without change adds nothing, and moves the moment")
    func unchanged() async throws {
        try scene.node.holdTokens(0..<10, by: "lakeside")
        #expect(try await refreshed() == [10])
        let first = try await manifest()
        #expect(first.asOf == Samples.now)
        scene.clock.advance(by: .seconds(15))
        #expect(try await refreshed() == [10])
        let second = try await manifest()
        #expect(second.filters == first.filters)
        #expect(second.asOf == Samples.now.advanced(bySeconds: 15))
    }

    @Test("additions go into a small filter of their own")
    func additions() async throws {
        try scene.node.holdTokens(0..<10, by: "lakeside")
        #expect(try await refreshed() == [10])
        try scene.node.holdTokens(8..<15, by: "lakeside", part: "more")
        #expect(try await refreshed() == [10, 5])
        try scene.node.holdTokens(0..<3, by: "reed")
        #expect(try await refreshed() == [10, 5, 3], "known tokens of another member")
        let union = try await union()
        #expect(
            (0..<15).allSatisfy { number in union.contains { $0.mayContain(Samples.token(number)) }
            })
    }

    @Test("many additions build everything anew", arguments: [(1024, [10, 1024]), (1025, [1035])])
    func manyAdditions(count: Int, sizes: [Int]) async throws {
        try scene.node.holdTokens(0..<10, by: "lakeside")
        _ = try await refreshed()
        try scene.node.holdTokens(100..<100 + count, by: "lakeside", part: "more")
        #expect(try await refreshed() == sizes)
    }

    @Test("beside a large filter, an eighth of it is not many")
    func eighth() async throws {
        try scene.node.holdTokens(0..<9000, by: "lakeside")
        _ = try await refreshed()
        try scene.node.holdTokens(10_000..<11_125, by: "lakeside", part: "a")
        #expect(try await refreshed() == [9000, 1125])
        try scene.node.holdTokens(20_000..<21_126, by: "lakeside", part: "b")
        #expect(try await refreshed() == [11_251])
    }

    @Test("after 16 small filters everything is built anew")
    func manyFilters() async throws {
        for number in 0...16 {
            try scene.node.holdTokens(number..<number + 1, by: "lakeside", part: "p\(number)")
            #expect(try await refreshed().count == number + 1)
        }
        try scene.node.holdTokens(17..<18, by: "lakeside", part: "p17")
        #expect(try await refreshed() == [18])
    }

    @Test("a removal builds everything anew, without what is gone")
    func removal() async throws {
        try scene.node.holdTokens(0..<10, by: "lakeside")
        _ = try await refreshed()
        try scene.node.holdTokens(5..<20, by: "lakeside")
        #expect(try await refreshed() == [15])
        let union = try await union()
        let found = (0..<20).map { number in
            union.contains { $0.mayContain(Samples.token(number)) }
        }
        #expect(found == Array(repeating: false, count: 5) + Array(repeating: true, count: 15))
    }

    @Test("a replaced filter can be fetched for a day, and not longer")
    func superseded() async throws {
        let caller = try scene.caller()
        try scene.node.holdTokens(0..<10, by: "lakeside")
        _ = try await refreshed()
        let old = try #require(await manifest().filters.first)
        try scene.node.holdTokens(5..<20, by: "lakeside")
        _ = try await refreshed()
        #expect(try await !manifest().filters.contains(old))

        scene.clock.advance(by: .seconds(FilterPublisher.supersededSeconds))
        _ = try await refreshed()
        let body = try await scene.answerer.filter(digest: old.digest, for: caller)
        #expect(try TokenFilter(encoded: body, count: 10).mayContain(Samples.token(0)))
        scene.clock.advance(by: .seconds(1))
        _ = try await refreshed()
        let problem = await #expect(throws: Problem.self) {
            try await scene.answerer.filter(digest: old.digest, for: caller)
        }
        #expect(problem?.code == .notFound)
    }

    @Test("building the same anew keeps it served, now and after a day")
    func rebuildOfTheSame() async throws {
        try scene.node.holdTokens(0..<10, by: "lakeside")
        _ = try await refreshed()
        let before = try await manifest().filters.map(\.digest)
        scene.clock.advance(by: .seconds(60))
        #expect(try await refreshed(rebuild: true) == [10])
        #expect(try await manifest().filters.map(\.digest) == before)
        scene.clock.advance(by: .seconds(2 * FilterPublisher.supersededSeconds))
        #expect(try await refreshed() == [10])
        #expect(try await union().count == 1)
    }

    @Test("current and retiring keys have filters, a coming one has none")
    func keys() async throws {
        let scene = try AnswerScene(keys: [
            TestNode.key("k1"), TestNode.key("k2", state: .next),
            TestNode.key("k0", state: .retiring),
        ])
        try scene.node.hold(.zhang, by: "lakeside")
        try await scene.publisher.refresh()
        let filters = try #require(await scene.publisher.manifest).filters
        #expect(Set(filters.map(\.kid)) == ["k1", "k0"])
        #expect(filters.allSatisfy { $0.count == 1 })
        #expect(Set(filters.map(\.digest)).count == 2)
    }

    @Test("a subject without consent is in the filter, and counted")
    func undisclosed() async throws {
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.li, by: "lakeside", consents: [])
        #expect(try await refreshed() == [2])
        let members = try await manifest().members
        #expect(members.map(\.member.description) == ["lakeside", "reed"])
        #expect(
            members[0]
                == ManifestMember(
                    member: Samples.member("lakeside"),
                    bookAsOf: Samples.time("2026-11-24T00:00:00Z"), subjects: 2, undisclosed: 1))
        #expect(
            members[1]
                == ManifestMember(
                    member: Samples.member("reed"), bookAsOf: nil, subjects: 0, undisclosed: 0))
    }

    @Test("the manifest names every lender, whatever its status, and nobody else")
    func members() async throws {
        var directory = TestDirectory().with("reed", .suspended)
        directory.members.append(.init("watchdog", at: "lakeside-node", role: .regulator))
        let scene = try AnswerScene(directory)
        try await scene.publisher.refresh()
        let manifest = try #require(await scene.publisher.manifest)
        #expect(manifest.members.map(\.member.description) == ["lakeside", "reed"])
    }

    @Test("whatever comes and goes, every token held is found", arguments: [1, 2, 3] as [UInt64])
    func property(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var parts: [Int: Range<Int>] = [:]
        for _ in 0..<40 {
            let part = Int.random(in: 0..<5, using: &generator)
            let start = Int.random(in: 0..<400, using: &generator)
            let range = start..<start + Int.random(in: 0..<60, using: &generator)
            parts[part] = range
            try scene.node.holdTokens(range, by: "lakeside", part: "p\(part)")
            if Bool.random(using: &generator) { continue }
            _ = try await refreshed(rebuild: Int.random(in: 0..<9, using: &generator) == 0)
            let union = try await union()
            #expect(union.count <= FilterPublisher.additionalFiltersMax + 1)
            for number in Set(parts.values.flatMap(\.self)) {
                #expect(union.contains { $0.mayContain(Samples.token(number)) })
            }
        }
    }
}
