import Crypto
import Foundation
import StrictJSON
import Testing

@testable import Membership

@Suite("Statements of keys")
struct KeyStatementTests {
    private let key = Curve25519.Signing.PrivateKey()

    private static func entry(_ name: String, _ key: Curve25519.Signing.PrivateKey) throws
        -> SigningKeyEntry
    {
        SigningKeyEntry(
            keyID: try #require(KeyName(name)),
            publicKey: try #require(PublicKeyBytes(Array(key.publicKey.rawRepresentation))))
    }

    /// A directory of two nodes with a member each.
    private func directory() throws -> Directory {
        let consortium = try #require(ConsortiumID("test.creditmesh"))
        func node(_ id: String, _ keys: [SigningKeyEntry]) throws -> NodeEntry {
            NodeEntry(
                id: try #require(NodeID(id)), operatorName: id,
                endpoint: try #require(Endpoint("https://\(id).example:8443")), answerKeys: keys)
        }
        func member(_ id: String, _ node: String) throws -> MemberEntry {
            MemberEntry(
                id: try #require(MemberID(id)), legalName: id, node: try #require(NodeID(node)),
                role: .lender)
        }
        return try Directory(
            version: 4, consortium: consortium,
            charter: Charter(
                name: "Test", standard: "cn-2023@1", schemes: [Charter.Scheme(name: "cn-rid")],
                purposes: ["loan-approval"]),
            nodes: [
                node("harbor-node", [Self.entry("harbor-node-1", key)]), node("cedar-node", []),
            ],
            members: [member("harbor", "harbor-node"), member("cedar", "cedar-node")])
    }

    private func statement() throws -> KeyStatement {
        KeyStatement(
            consortium: try #require(ConsortiumID("test.creditmesh")),
            node: try #require(NodeID("harbor-node")))
    }

    private func signed(
        _ statement: KeyStatement, by signer: Curve25519.Signing.PrivateKey? = nil,
        named name: String = "harbor-node-1"
    ) throws -> SignedKeyStatement {
        try statement.signed(keyID: #require(KeyName(name))) {
            Array(try (signer ?? key).signature(for: $0))
        }
    }

    @Test("changes the keys that it names, and nothing else; its file reads as it was written")
    func applied() throws {
        let next = try Self.entry("harbor-node-2", .init())
        let request = try Self.entry("harbor-2", .init())
        var statement = try statement()
        statement.answerKeys = try directory().nodes[0].answerKeys + [next]
        statement.requestKeys = [try #require(MemberID("harbor")): [request]]
        let signed = try signed(statement)
        let read = try SignedKeyStatement(json: signed.bytes)
        #expect(read == signed)
        let before = try directory()
        let after = try read.applied(to: before)
        #expect(after.version == 5)
        #expect(after.nodes[0].answerKeys.map(\.keyID.text) == ["harbor-node-1", "harbor-node-2"])
        #expect(after.members[0].requestKeys == [request])
        #expect(after.nodes[1] == before.nodes[1] && after.members[1] == before.members[1])
        #expect(after.charter == before.charter)
    }

    @Test("one that is changed, signed by another key, or of others is refused")
    func refused() throws {
        let directory = try directory()
        var statement = try statement()
        statement.answerKeys = [try Self.entry("harbor-node-2", .init())]
        let good = try signed(statement)
        #expect(throws: KeyStatementError.signature) {
            try signed(statement, by: .init()).applied(to: directory)
        }
        #expect(throws: KeyStatementError.signature) {
            try signed(statement, named: "harbor-node-9").applied(to: directory)
        }
        let text = String(decoding: good.bytes, as: UTF8.self)
        let changed = text.replacing("harbor-node-2", with: "harbor-node-3")
        #expect(throws: KeyStatementError.signature) {
            try SignedKeyStatement(json: Array(changed.utf8)).applied(to: directory)
        }
        let foreign = KeyStatement(
            consortium: try #require(ConsortiumID("other.example")), node: statement.node)
        #expect(throws: KeyStatementError.unknownNode) {
            try signed(foreign).applied(to: directory)
        }
        var other = try self.statement()
        other.requestKeys = [try #require(MemberID("cedar")): [try Self.entry("c", .init())]]
        #expect(throws: KeyStatementError.foreignMember) {
            try signed(other).applied(to: directory)
        }
    }

    @Test("what is no statement is refused")
    func malformed() throws {
        for text in ["", "{}", #"{"statement":{},"keyid":"a","signature":""}"#] {
            #expect(throws: DirectoryError.self) {
                try SignedKeyStatement(json: Array(text.utf8))
            }
        }
        #expect(throws: DirectoryError.tooLarge) {
            try SignedKeyStatement(
                json: [UInt8](repeating: 0x20, count: KeyStatement.bytesMax + 1))
        }
    }
}
