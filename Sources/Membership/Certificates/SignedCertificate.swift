/// A certificate without its private key, which never left its owner.
public struct SignedCertificate: Sendable, Equatable {
    /// The certificate in DER.
    public let der: [UInt8]
    /// The certificate in PEM, with a newline at the end.
    public let certificatePEM: String
}
