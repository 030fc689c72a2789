import Crypto
import Ed25519

/// An Ed25519 public key that binds its holder: 32 bytes, a reduced coordinate and a point that is not
/// of small order. Under a weak key one signature verifies for many texts, so that anybody could
/// sign, and the holder deny.
///
/// Source: RFC 8032 §5.1.3; protocol/log.md, "Notes and keys".
public struct Ed25519Key: Hashable, Sendable {
    /// Length in bytes.
    public static let count = WeakPoint.keyBytes
    /// Length of a signature in bytes.
    public static let signatureBytes = 64

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A key, or nil for a wrong length or a weak key.
    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.count, !WeakPoint.isWeak(bytes),
            (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
        else { return nil }
        self.bytes = bytes
    }

    /// Whether the key's holder signed `message`.
    func verifies(_ signature: some Collection<UInt8>, of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(Array(signature), for: message)
    }
}
