/// Why a certificate was not issued, or an authority not made or loaded. The caller is at fault,
/// except for ``library``. No case repeats key material or names.
public enum IssuingError: Error, Sendable, Equatable, CaseIterable {
    /// The authority's certificate is not one PEM certificate.
    case authorityCertificate
    /// The authority's key is not a P-256 private key in PEM.
    case authorityKey
    /// Certificate and key of the authority do not belong together.
    case keyMismatch
    /// The certificate is not that of an authority for leaves (CA:TRUE, pathlen 0, keyCertSign).
    case notAnAuthority
    /// The common name is empty or longer than ``CertificateAuthority/commonNameBytesMax``.
    case commonName
    /// The life is not positive, longer than allowed, or not in whole seconds.
    case life
    /// The certificate would outlive the authority that signs it; renew the authority first.
    case outlivesAuthority
    /// No host, or more than ``CertificateProfile/hostsMax``.
    case hosts
    /// The certificate library refused; not expected for any input that passed the other checks.
    case library
}

extension IssuingError: CustomStringConvertible {
    /// What to change, for the administrator.
    public var description: String {
        switch self {
        case .authorityCertificate: "the authority's certificate is not one PEM certificate"
        case .authorityKey: "the authority's key is not a P-256 private key in PEM"
        case .keyMismatch: "the authority's key does not belong to its certificate"
        case .notAnAuthority: "the certificate is not that of an authority for leaf certificates"
        case .commonName:
            "the common name must have 1 to \(CertificateAuthority.commonNameBytesMax) bytes"
        case .life: "the life must be positive, in whole seconds and within the profile"
        case .outlivesAuthority: "the certificate would outlive its authority; renew that first"
        case .hosts: "a certificate needs 1 to \(CertificateProfile.hostsMax) hosts"
        case .library: "the certificate library refused to encode the certificate"
        }
    }
}
