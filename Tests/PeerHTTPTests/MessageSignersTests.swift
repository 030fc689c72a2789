import Exchange
import HTTPSignatures
import Membership
import Testing

@testable import PeerHTTP

@Suite("Which key signs")
struct MessageSignersTests {
    private static let settling: Duration = .seconds(120)
    private let start = ContinuousClock.now

    private static func node(_ keys: String...) throws -> NodeEntry {
        let host = try #require(EndpointHost("localhost"))
        return NodeEntry(
            id: try #require(NodeID(TestConsortium.server)), operatorName: "x",
            endpoint: try #require(Endpoint(host: host, port: 1)),
            answerKeys: try keys.map(TestKeys.entry))
    }

    private static func signers(_ keys: String...) throws -> MessageSigners {
        MessageSigners(
            answers: try keys.map { try TestKeys.signer($0) }, requests: [:], settling: settling)
    }

    @Test("a key that comes signs when it has stood in the directory for a while")
    func settles() throws {
        let signers = try Self.signers("old", "new")
        func name(_ node: NodeEntry, after seconds: Int) -> String? {
            signers.signer(ofAnswersBy: node, at: start + .seconds(seconds))?.keyID.text
        }
        #expect(try name(Self.node("old"), after: 0) == "old")
        #expect(try name(Self.node("old", "new"), after: 300) == "old")
        #expect(try name(Self.node("old", "new"), after: 419) == "old")
        #expect(try name(Self.node("old", "new"), after: 420) == "new")
        #expect(try name(Self.node("new"), after: 421) == "new")
    }

    @Test("a key that is the only one listed signs at once, as after a theft")
    func atOnce() throws {
        let signers = try Self.signers("old", "new")
        #expect(
            try signers.signer(ofAnswersBy: Self.node("old"), at: start)?.keyID.text == "old")
        #expect(
            try signers.signer(ofAnswersBy: Self.node("new"), at: start)?.keyID.text == "new")
    }

    @Test("a node that starts between two keys begins with the one that was there before")
    func startsBetween() throws {
        let signers = try Self.signers("old", "new")
        let node = try Self.node("old", "new")
        #expect(signers.signer(ofAnswersBy: node, at: start)?.keyID.text == "old")
        #expect(
            signers.signer(ofAnswersBy: node, at: start + Self.settling)?.keyID.text == "new")
    }

    @Test("keys are taken while it runs; one that is listed and not held is none")
    func replaced() throws {
        let signers = try Self.signers("old")
        let node = try Self.node("old", "new")
        #expect(signers.signer(ofAnswersBy: node, at: start)?.keyID.text == "old")
        #expect(try signers.signer(ofAnswersBy: Self.node("new"), at: start) == nil)
        signers.replace(answers: [try TestKeys.signer("new")], requests: [:])
        #expect(signers.signer(ofAnswersBy: node, at: start)?.keyID.text == "new")
    }
}
