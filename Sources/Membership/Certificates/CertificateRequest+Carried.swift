import Crypto
import SwiftASN1

/// A request for a certificate as a file that is carried by hand.
extension CertificateRequest {
    /// The request in PEM, with a newline at the end.
    public var pem: String {
        PEMDocument(type: Self.label, derBytes: der).pemString + "\n"
    }

    /// Reads a request in PEM.
    ///
    /// - Throws: ``CertificateRequestError`` for the first rule that it breaks.
    public init(pem: String) throws(CertificateRequestError) {
        guard let document = try? PEMDocument(pemString: pem), document.discriminator == Self.label
        else { throw .malformed }
        try self.init(der: document.derBytes)
    }

    /// What people compare over the telephone: the first 16 bytes of SHA-256 over the request in DER,
    /// in hexadecimal.
    public var fingerprint: String { Fingerprint.text(SHA256.hash(data: der)) }

    private static let label = "CERTIFICATE REQUEST"
}
