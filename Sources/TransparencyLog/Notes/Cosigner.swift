import Crypto

/// The private half of a witness's key, of type 0x04. Printing it shows the public half alone.
///
/// A cosignature says that at its time the checkpoint was the largest that the witness saw of the
/// log, and that it follows on all before: whoever calls ``signature(of:at:)`` has checked that.
public struct Cosigner: Sendable {
    /// The public half.
    public let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// A cosigner, or nil for a key whose public half is weak, which a made key never is. The key
    /// must sign nothing else: what is signed does not name the witness.
    public init?(name: KeyName, privateKey: Curve25519.Signing.PrivateKey) {
        guard let publicKey = Ed25519Key(privateKey.publicKey.rawRepresentation) else {
            return nil
        }
        key = NoteKey(name: name, kind: .cosignature, publicKey: publicKey)
        self.privateKey = privateKey
    }

    /// Signs a checkpoint at a time, in seconds since 1970, not before.
    ///
    /// - Throws: what the cryptographic library throws; it has no reason to.
    public func signature(
        of checkpoint: Checkpoint, at secondsSince1970: Int
    ) throws -> NoteSignature {
        let seconds = max(0, secondsSince1970)
        let message = Cosignature.message(checkpoint.text, at: seconds)
        let bytes = Cosignature.bytes(of: seconds) + (try privateKey.signature(for: message))
        return NoteSignature(name: key.name, keyID: key.id, bytes: bytes)
    }
}

extension Cosigner: CustomStringConvertible, CustomReflectable {
    /// The public half.
    public var description: String { "cosigner of \(key)" }

    /// A mirror of the public half alone.
    public var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
