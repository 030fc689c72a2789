import Testing

@testable import TUF

@Suite("An update of a repository")
struct UpdateTests {
    @Test("takes all roles, keeps them as they came, and gives the target")
    func first() async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        let trusted = try await client.update(from: publisher.repository)
        #expect(
            publisher.repository.takeFetched() == [
                "2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json",
            ])
        let kept = try client.kept
        #expect(kept[.timestamp] == publisher.repository["timestamp.json"])
        #expect(kept[.targets] == publisher.repository["1.targets.json"])
        let target = try await trusted.target("members.json", from: publisher.repository)
        #expect(target == SamplePublisher.target)
        #expect(trusted.expires == SamplePublisher.start.advanced(bySeconds: 86_400))
    }

    @Test("without a change fetches the timestamp alone, beside asking for a root")
    func unchanged() async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        _ = publisher.repository.takeFetched()
        _ = try await client.update(from: publisher.repository)
        #expect(publisher.repository.takeFetched() == ["2.root.json", "timestamp.json"])
    }

    @Test("follows roots whose keys are exchanged one after the other")
    func rootChain() async throws {
        var publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        for _ in 0..<3 {
            publisher.raise(.root, .targets, .snapshot, .timestamp)
            let leaving = publisher.signers[.root, default: []]
            let staying = Array(leaving.dropFirst()) + [SamplePublisher.signer()]
            publisher.signers[.root] = staying
            publisher.signers[.targets] = staying
            try publisher.publish()
            // The one who leaves signs too, so that both the old and the new threshold are met.
            let metadata = try SignedMetadata(
                signing: publisher.root.json, by: leaving + [staying[2]])
            publisher.repository["\(publisher.head(.root).version).root.json"] = metadata.bytes
        }
        let trusted = try await client.update(from: publisher.repository)
        #expect(trusted.root.head.version == 4)
        #expect(try client.kept[.root] == publisher.repository["4.root.json"])
    }

    @Test("a chain is followed no further than its limit in one update, and on in the next")
    func longChain() async throws {
        var publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        for _ in 0..<(MetadataLimits.rootsMax + 2) {
            publisher.raise(.root)
            try publisher.publish()
        }
        let first = try await client.update(from: publisher.repository)
        #expect(first.root.head.version == MetadataLimits.rootsMax + 1)
        let second = try await client.update(from: publisher.repository)
        #expect(second.root.head.version == MetadataLimits.rootsMax + 3)
    }

    @Test("members that nobody knows are signed too, and left alone")
    func unknownMembers() async throws {
        let publisher = SamplePublisher()
        try publisher.publish()
        guard case .object(let members) = publisher.root.json else { return }
        let metadata = try publisher.signed(
            .object(members + [.init("x-later", ["b": 1, "a": [.null]])]), as: .root)
        let client = try SampleClient(root: metadata.bytes)
        _ = try await client.update(from: publisher.repository)
        let text = String(decoding: metadata.bytes, as: UTF8.self)
        let altered = text.replacing("\"b\":1", with: "\"b\":2")
        try client.folder.write(Array(altered.utf8), as: .root)
        await #expect(throws: UpdateError(file: "root.json", fault: .signatures)) {
            try await client.update(from: publisher.repository)
        }
    }

    @Test("new timestamp or snapshot keys let versions begin again")
    func fastForwardRecovery() async throws {
        var publisher = SamplePublisher()
        publisher.versions[.timestamp] = 9_000_000
        publisher.versions[.snapshot] = 9_000_000
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        publisher.versions[.timestamp] = 1
        publisher.versions[.snapshot] = 1
        publisher.raise(.root)
        try publisher.publish()
        await #expect(throws: UpdateError(file: "timestamp.json", fault: .rollback)) {
            try await client.update(from: publisher.repository)
        }
        publisher.raise(.root)
        publisher.signers[.snapshot] = [SamplePublisher.signer()]
        try publisher.publish()
        let trusted = try await client.update(from: publisher.repository)
        #expect(trusted.snapshot?.head.version == 1)
        #expect(trusted.timestamp?.head.version == 1)
    }

    @Test("what is kept may have expired when something newer follows")
    func expiredIsReplaced() async throws {
        var publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        publisher.raise(.root, .targets, .snapshot, .timestamp)
        for role in MetadataRole.allCases {
            publisher.expiries[role] = SamplePublisher.start.advanced(bySeconds: 200_000)
        }
        try publisher.publish()
        let later = SamplePublisher.start.advanced(bySeconds: 100_000)
        let trusted = try await client.update(from: publisher.repository, at: later)
        #expect(trusted.targets?.head.version == 2)
    }

    @Test("the last second before an expiry holds, the moment itself does not")
    func expiryBoundary() async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        let expiry = SamplePublisher.start.advanced(bySeconds: 86_400)
        _ = try await client.update(
            from: publisher.repository, at: expiry.advanced(bySeconds: -1))
        await #expect(throws: UpdateError(file: "root.json", fault: .expired)) {
            try await client.update(from: publisher.repository, at: expiry)
        }
    }

    @Test("a target is taken from the copy that is there, and refused when it is another file")
    func targets() async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        let trusted = try await client.update(from: publisher.repository)
        let name = try #require(trusted.sourceName(ofTarget: "members.json"))
        _ = publisher.repository.takeFetched()
        let cached = try await trusted.target(
            "members.json", from: publisher.repository, cached: SamplePublisher.target)
        #expect(cached == SamplePublisher.target)
        #expect(publisher.repository.takeFetched() == [])
        publisher.repository[name] = Array("who belonG".utf8)
        await #expect(throws: UpdateError(file: "members.json", fault: .digest)) {
            try await trusted.target("members.json", from: publisher.repository)
        }
        publisher.repository[name] = SamplePublisher.target + [0]
        await #expect(throws: UpdateError(file: "members.json", fault: .tooLarge)) {
            try await trusted.target("members.json", from: publisher.repository)
        }
        await #expect(throws: UpdateError(file: "other.json", fault: .notFound)) {
            try await trusted.target("other.json", from: publisher.repository)
        }
    }
}
