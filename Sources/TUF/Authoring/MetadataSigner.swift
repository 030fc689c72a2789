import Crypto

/// An Ed25519 key that signs metadata.
public struct MetadataSigner: Sendable {
    /// The public half as metadata lists it.
    public let key: MetadataKey
    /// Its id.
    public let keyID: String
    private let privateKey: Curve25519.Signing.PrivateKey

    /// A signer with a private half, and the name of whose it is for people.
    public init(_ privateKey: Curve25519.Signing.PrivateKey, owner: String? = nil) {
        self.privateKey = privateKey
        key = MetadataKey(
            ed25519: Array(privateKey.publicKey.rawRepresentation), owner: owner)
        keyID = key.keyID
    }

    /// Signs the canonical form of what is signed.
    ///
    /// - Throws: what the source of randomness throws; Ed25519 itself cannot fail.
    func signature(of canonical: [UInt8]) throws -> SignedMetadata.Signature {
        SignedMetadata.Signature(
            keyID: keyID, bytes: Array(try privateKey.signature(for: canonical)))
    }
}
