import HTTPSignatures
import Membership
import PeerHTTP
import Pseudonym
import Testing

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

    /// What the serving node and the asking one hold between them.
    static func signers() throws -> MessageSigners {
        MessageSigners(
            answers: [try signer(TestConsortium.server)],
            requests: [try #require(MemberID("lakeside")): [try signer("lakeside")]])
    }
}
