import Foundation
import Testing

@testable import TUF

@Suite("The mirror of a repository")
struct MirrorTests {
    private let start = SamplePublisher.start

    /// A client and a mirror beside it.
    private final class Scene {
        let client: SampleClient
        let folder: MetadataFolder
        var mirror: RepositoryMirror { RepositoryMirror(folder, target: "members.json") }

        init(_ publisher: SamplePublisher) throws {
            client = try SampleClient(root: publisher.publish())
            let place = client.folder.folder.appending(path: "mirror")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            folder = MetadataFolder(place)
        }

        func update(from publisher: SamplePublisher) async throws {
            let source = RecordedRoots(publisher.repository)
            let trusted = try await client.update(from: source)
            try mirror.replace(
                with: trusted, roots: source.roots, from: client.folder,
                target: try await trusted.target("members.json", from: source))
        }
    }

    @Test("holds a whole update, which another client can take from it")
    func whole() async throws {
        let publisher = SamplePublisher()
        let scene = try Scene(publisher)
        #expect(try scene.mirror.load() == nil)
        try await scene.update(from: publisher)
        let held = try #require(try scene.mirror.load())
        #expect(held.target == SamplePublisher.target)
        #expect(held.trusted.expires == start.advanced(bySeconds: 86_400))
        let other = try SampleClient(root: publisher.repository["1.root.json"] ?? [])
        let trusted = try await other.update(from: scene.folder)
        #expect(
            try await trusted.target("members.json", from: scene.folder) == SamplePublisher.target)
    }

    @Test("gives every root on to those who are further behind, and drops what is replaced")
    func renewed() async throws {
        var publisher = SamplePublisher()
        let scene = try Scene(publisher)
        try await scene.update(from: publisher)
        let first = publisher.repository["1.root.json", default: []]
        for _ in 0..<2 {
            publisher.raise(.root, .targets, .snapshot, .timestamp)
            publisher.target.append(0x21)
            try publisher.publish()
        }
        try await scene.update(from: publisher)
        let names = scene.folder.names().filter { !$0.hasSuffix(".members.json") }
        #expect(
            names == [
                "1.root.json", "2.root.json", "3.root.json", "3.snapshot.json", "3.targets.json",
                "timestamp.json",
            ])
        #expect(scene.folder.names().count == names.count + 1)
        let behind = try SampleClient(root: first)
        #expect(try await behind.update(from: scene.folder).root.head.version == 3)
    }

    @Test("a stop after any file leaves the old state in force, and the next update the new one")
    func interrupted() async throws {
        var publisher = SamplePublisher()
        let scene = try Scene(publisher)
        try await scene.update(from: publisher)
        publisher.raise(.root, .targets, .snapshot, .timestamp)
        publisher.signers[.timestamp] = [SamplePublisher.signer()]
        publisher.target.append(0x21)
        try publisher.publish()
        let target = FileDescription(of: publisher.target).digests["sha256", default: ""]
        for name in ["2.root.json", "\(target).members.json", "2.targets.json", "2.snapshot.json"] {
            try scene.folder.write(publisher.repository[name, default: []], named: name)
            let held = try #require(try scene.mirror.load(), "\(name)")
            #expect(held.target == SamplePublisher.target)
            #expect(held.trusted.timestamp?.head.version == 1)
        }
        try await scene.update(from: publisher)
        #expect(try scene.mirror.load()?.target == publisher.target)
    }

    @Test(
        "what was spoilt on the disk is not in force",
        arguments: ["timestamp.json", "1.targets.json"])
    func spoilt(name: String) async throws {
        let publisher = SamplePublisher()
        let scene = try Scene(publisher)
        try await scene.update(from: publisher)
        var bytes = try #require(scene.mirror.file(name))
        bytes[bytes.count / 2] ^= 1
        try scene.folder.write(bytes, named: name)
        #expect(try scene.mirror.load() == nil)
    }
}
