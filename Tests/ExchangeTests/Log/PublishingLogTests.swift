import Exchange
import Testing
import TransparencyLog

@Suite("What publishing leaves in the log")
struct PublishingLogTests {
    @Test("every filter is announced, and the manifest says where")
    func filters() async throws {
        let scene = try LoggedScene()
        try scene.scene.node.holdTokens(0..<10, by: "lakeside")
        try await scene.publisher.refresh()
        try scene.scene.node.holdTokens(8..<15, by: "lakeside", part: "more")
        try await scene.publisher.refresh()
        try await scene.publisher.refresh()
        let manifest = try #require(await scene.publisher.manifest)
        let entries = try await scene.entries()
        #expect(entries.map(\.type) == [.filterPublished, .filterPublished])
        #expect(entries.map(\.count) == [10, 5])
        for filter in manifest.filters {
            let place = try #require(filter.logIndex).value
            let digest = try #require(MerkleHash(bytes: filter.digest))
            #expect(entries[place].filter == .digests([digest]))
            #expect(entries[place].kid?.rawValue == filter.kid)
        }
        #expect(try Manifest(json: manifest.json) == manifest)
    }

    @Test("filters of a time before the log are made anew, and announced")
    func before() async throws {
        let scene = try LoggedScene()
        try scene.scene.node.holdTokens(0..<10, by: "lakeside")
        try await scene.context.store.publishFilter(
            PublishedFilter(
                entry: ManifestFilter(
                    kid: "k1", count: 1, digest: Samples.bytes(1, count: 32),
                    generated: Samples.now),
                position: scene.context.store.tokenPosition(), isComplete: true),
            body: [1], supersedes: [])
        try await scene.publisher.refresh()
        #expect(try await scene.entries().map(\.type) == [.filterPublished])
        let manifest = try #require(await scene.publisher.manifest)
        #expect(manifest.filters.map(\.count) == [10])
    }

    @Test("every statement stands in the log as it was kept")
    func statements() async throws {
        let scene = try LoggedScene()
        try scene.scene.node.hold(.zhang, by: "lakeside")
        _ = try await BookPublisher(context: scene.context, filters: scene.publisher).publish()
        let kept = try await scene.context.store.statements(of: nil, limit: 10)
        let published = try await scene.entries().filter { $0.type == .published }
        #expect(published.map(\.member) == [Samples.member("lakeside")])
        let bytes = try #require(kept.first?.bytes)
        #expect(published.map(\.statement) == [LogStatement.whole(bytes)])
        #expect(published.first?.statement?.digest.bytes == kept.first?.digest)
    }
}
