import Crypto

/// A certificate with the private key that belongs to it. Descriptions show neither.
public struct IssuedCertificate: Sendable {
    /// The certificate in DER.
    public let der: [UInt8]
    /// The certificate in PEM, with a newline at the end.
    public let certificatePEM: String
    /// The private key.
    public let privateKey: P256.Signing.PrivateKey

    /// The private key in PEM (PKCS#8, RFC 5958), not encrypted, with a newline at the end.
    public var privateKeyPEM: String { privateKey.pemRepresentation + "\n" }
}

extension IssuedCertificate: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The type's name only.
    public var description: String { "IssuedCertificate(redacted)" }
    /// The type's name only.
    public var debugDescription: String { description }
    /// No children, so that `dump` shows no key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
