/// Why a certificate does not fit the profile (certs/PROFILE.md). The holder, or the authority that
/// issued it, is at fault; the remedy is a new certificate. No case repeats what the certificate
/// says.
public enum ProfileError: Error, Sendable, Equatable, CaseIterable {
    /// More than ``CertificateProfile/derBytesMax`` bytes.
    case tooLarge
    /// Not one DER certificate, or an extension that cannot be read.
    case malformed
    /// The subject's key is not ECDSA on P-256.
    case key
    /// The issuer's signature is not ECDSA with SHA-256.
    case signatureAlgorithm
    /// A critical extension that the profile does not know.
    case unknownCriticalExtension
    /// Basic constraints are absent or those of an authority.
    case notALeaf
    /// Key usage is not exactly digitalSignature.
    case keyUsage
    /// Extended key usage is not exactly serverAuth and clientAuth.
    case extendedKeyUsage
    /// No URI among the subject alternative names.
    case noIdentity
    /// More than one URI among the subject alternative names.
    case severalIdentities
    /// The URI is not `spiffe://<consortium>/node/<id>`.
    case identityFormat
    /// The URI names another consortium.
    case otherConsortium
    /// No DNS name or IP address, or one that is not in canonical spelling, or more than
    /// ``CertificateProfile/hostsMax``.
    case hosts
    /// A subject alternative name of a kind other than URI, DNS name and IP address.
    case foreignName
    /// The life is empty or longer than ``CertificateProfile/lifeMax``.
    case life
}

extension ProfileError: CustomStringConvertible {
    /// The rule that is broken, for the administrator.
    public var description: String {
        switch self {
        case .tooLarge: "the certificate is larger than \(CertificateProfile.derBytesMax) bytes"
        case .malformed: "the certificate is not readable as DER (RFC 5280)"
        case .key: "the certificate's key is not ECDSA P-256"
        case .signatureAlgorithm: "the certificate is not signed with ECDSA and SHA-256"
        case .unknownCriticalExtension: "the certificate has an unknown critical extension"
        case .notALeaf: "the certificate is not marked as a leaf (basicConstraints CA:FALSE)"
        case .keyUsage: "the certificate's key usage is not exactly digitalSignature"
        case .extendedKeyUsage:
            "the certificate's extended key usage is not exactly serverAuth and clientAuth"
        case .noIdentity: "the certificate has no URI name"
        case .severalIdentities: "the certificate has more than one URI name"
        case .identityFormat: "the certificate's URI is not spiffe://<consortium>/node/<id>"
        case .otherConsortium: "the certificate belongs to another consortium"
        case .hosts:
            "the certificate must have 1 to \(CertificateProfile.hostsMax) DNS or IP names"
        case .foreignName: "the certificate has a name other than URI, DNS and IP"
        case .life:
            "the certificate lives longer than \(CertificateProfile.lifeMax / .days(1)) days"
        }
    }
}
