import Exchange
import HTTPSignatures
import Membership
import PeerHTTP
import Pseudonym
import TestSupport
import Testing
import TransparencyLog

/// Signing keys of nodes and members: the private half is SHA-256 of the owner's id, which is the
/// key's id too.
enum TestKeys {
    static func signer(_ owner: String, keyID: String? = nil) throws -> MessageSigner {
        let keyID = try #require(SigningKeyID(keyID ?? owner))
        let seed = SHA256Digest(hashing: Array(owner.utf8)).bytes
        return try #require(MessageSigner(keyID: keyID, privateKey: seed))
    }

    /// The key as a directory lists it.
    static func entry(_ owner: String) throws -> SigningKeyEntry {
        SigningKeyEntry(
            keyID: try #require(KeyName(owner)),
            publicKey: try #require(PublicKeyBytes(signer(owner).publicKeyBytes)))
    }

    /// A receipt of the serving node for what it answered; an entry without anything of the message
    /// where that could not be read.
    static func receipt(of call: AnsweredCall) throws -> Receipt {
        let node = try #require(NodeID(TestConsortium.server))
        let now = Timestamp(secondsSinceEpoch: 1_790_000_000)
        var entry = LogEntry(
            call.subject == .evaluation ? .evaluationAnswered : .queryAnswered, at: now, node: node)
        if let message = call.message {
            entry = .answering(
                message, request: call.request.signed, answer: call.answer,
                from: call.caller.node.id, call.caller.member.id, at: node, now: now)
        }
        return try MadeUpReceipt.make(entry, origin: "test.creditmesh/log/\(node)", seed: 7)
    }

    /// What the serving node and the asking one hold between them.
    static func signers() throws -> MessageSigners {
        MessageSigners(
            answers: [try signer(TestConsortium.server)],
            requests: [try #require(MemberID("lakeside")): [try signer("lakeside")]])
    }
}
