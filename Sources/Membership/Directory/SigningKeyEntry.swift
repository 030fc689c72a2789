import StrictJSON

/// An Ed25519 key that signs messages (RFC 9421): a node's answers or a member's requests.
public struct SigningKeyEntry: Sendable, Equatable {
    /// The key's name in signatures, unique in the consortium.
    public let keyID: KeyName
    /// The Ed25519 public key.
    public let publicKey: PublicKeyBytes

    /// An entry.
    public init(keyID: KeyName, publicKey: PublicKeyBytes) {
        self.keyID = keyID
        self.publicKey = publicKey
    }
}

extension SigningKeyEntry {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["keyid", "publicKey"])
        keyID = try members.required("keyid").name()
        publicKey = try members.required("publicKey").signingKey()
    }

    var json: JSONValue {
        .members(["keyid": .string(keyID.text), "publicKey": .string(publicKey.base64URL)])
    }
}
