import Crypto
import SwiftASN1
import X509

/// The certificate of a consortium's authority without its key: what a new node is told by its
/// invitation, and holds others' certificates to.
public struct AuthorityCertificate: Sendable {
    /// The certificate in DER.
    public let der: [UInt8]
    /// The certificate in PEM, with a newline at the end.
    public let pem: String
    private let certificate: Certificate

    /// Reads a certificate; nil unless it is one of an authority for leaves (CA:TRUE, pathlen 0).
    public init?(der: [UInt8]) {
        guard der.count <= CertificateProfile.derBytesMax,
            let certificate = try? Certificate(derEncoded: der),
            case .isCertificateAuthority(maxPathLength: 0)? =
                try? certificate.extensions.basicConstraints,
            let pem = try? certificate.serializeAsPEM().pemString
        else { return nil }
        self.der = der
        self.pem = pem + "\n"
        self.certificate = certificate
    }

    /// Reads a certificate in PEM; the same.
    public init?(pem: String) {
        guard let certificate = try? Certificate(pemEncoded: pem) else { return nil }
        var serializer = DER.Serializer()
        guard (try? serializer.serialize(certificate)) != nil else { return nil }
        self.init(der: serializer.serializedBytes)
    }

    /// SHA-256 of the certificate in DER, 32 bytes.
    public var digest: [UInt8] { Array(SHA256.hash(data: der)) }

    /// Whether the authority signed a certificate. Dates and profile are judged elsewhere.
    public func hasIssued(_ der: [UInt8]) -> Bool {
        guard let issued = try? Certificate(derEncoded: der) else { return false }
        return issued.issuer == certificate.subject
            && certificate.publicKey.isValidSignature(issued.signature, for: issued)
    }

    /// A certificate in DER as PEM, with a newline at the end; nil for what is none.
    public static func pem(ofCertificate der: [UInt8]) -> String? {
        (try? Certificate(derEncoded: der).serializeAsPEM().pemString).map { $0 + "\n" }
    }
}
