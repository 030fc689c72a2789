import Crypto
import Foundation
import Membership
import Testing

@testable import Authority

@Suite("Officers take up keys that nodes state")
struct KeyDraftTests {
    private static func entry(_ name: String, _ key: Curve25519.Signing.PrivateKey) throws
        -> SigningKeyEntry
    {
        SigningKeyEntry(
            keyID: try #require(KeyName(name)),
            publicKey: try #require(PublicKeyBytes(Array(key.publicKey.rawRepresentation))))
    }

    /// A published directory whose node lists a key, and that key.
    private static func founded(
        _ scene: AuthorityScene
    ) async throws -> Curve25519.Signing.PrivateKey {
        let key = Curve25519.Signing.PrivateKey()
        try await scene.found()
        let first = try AuthorityScene.directory(version: 1)
        let node = first.nodes[0].with(
            answerKeys: [try entry("harbor-node-1", key)], voprfKeys: [], log: nil)
        let second = try Directory(
            version: 2, consortium: first.consortium, charter: first.charter, nodes: [node],
            members: first.members)
        let name = try await scene.authority.draftTargets(
            second.encoded(), now: AuthorityScene.now)
        try await scene.publish(name)
        return key
    }

    private static func statement(
        by key: Curve25519.Signing.PrivateKey, listing entries: [SigningKeyEntry]
    ) throws -> [UInt8] {
        var statement = KeyStatement(
            consortium: try #require(ConsortiumID("test.creditmesh")),
            node: try #require(NodeID("harbor-node")))
        statement.answerKeys = entries
        let signed = try statement.signed(keyID: #require(KeyName("harbor-node-1"))) {
            Array(try key.signature(for: $0))
        }
        return signed.bytes
    }

    @Test("a draft lists the stated keys, says so in words, and is one version further")
    func drafted() async throws {
        let scene = AuthorityScene()
        let key = try await Self.founded(scene)
        let entries = [
            try Self.entry("harbor-node-1", key), try Self.entry("harbor-node-2", .init()),
        ]
        let bytes = try Self.statement(by: key, listing: entries)
        let name = try await scene.authority.draftKeys(
            [("harbor.keys", bytes)], now: AuthorityScene.now)
        let words = try await scene.authority.review(name).changes.map { $0.text(.english) }
        #expect(words.count == 2 && words[1].contains("answer keys"))
        try await scene.publish(name)
        let directory = try await scene.directory()
        #expect(directory.version == 3 && directory.nodes[0].answerKeys == entries)
    }

    @Test("a statement of somebody else drafts nothing")
    func refused() async throws {
        let scene = AuthorityScene()
        _ = try await Self.founded(scene)
        let thief = Curve25519.Signing.PrivateKey()
        let bytes = try Self.statement(
            by: thief, listing: [try Self.entry("harbor-node-1", thief)])
        for statements in [[("thief.keys", bytes)], [], [("empty", [])]] {
            await #expect(throws: AuthorityError.self) {
                try await scene.authority.draftKeys(statements, now: AuthorityScene.now)
            }
        }
        #expect(scene.authority.drafts.names() == [])
    }
}
