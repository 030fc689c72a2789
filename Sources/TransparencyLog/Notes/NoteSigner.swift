import Crypto

/// The private half of a note's key of type 0x01. Printing it shows the public half alone.
public struct NoteSigner: Sendable {
    /// The public half.
    public let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// A signer, or nil for a key whose public half is weak, which a made key never is.
    public init?(name: KeyName, privateKey: Curve25519.Signing.PrivateKey) {
        guard let publicKey = Ed25519Key(privateKey.publicKey.rawRepresentation) else {
            return nil
        }
        key = NoteKey(name: name, kind: .note, publicKey: publicKey)
        self.privateKey = privateKey
    }

    /// Signs a text, which must be one that a note can have.
    ///
    /// - Throws: what the cryptographic library throws; it has no reason to.
    public func signature(of text: [UInt8]) throws -> NoteSignature {
        let bytes = try privateKey.signature(for: text)
        return NoteSignature(name: key.name, keyID: key.id, bytes: Array(bytes))
    }
}

extension NoteSigner: CustomStringConvertible, CustomReflectable {
    /// The public half.
    public var description: String { "signer of \(key)" }

    /// A mirror of the public half alone.
    public var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
