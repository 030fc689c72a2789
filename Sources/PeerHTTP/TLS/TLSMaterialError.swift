import Membership

/// Why the TLS files of this node cannot be used. The node's operator is at fault; the description
/// says what to do. Carries paths and ids, never a file's content.
public enum TLSMaterialError: Error, Equatable, Sendable {
    /// The file is not there or may not be read.
    case unreadable(path: String)
    /// The file has more than `PeerHTTPLimits.tlsFileBytesMax` bytes.
    case tooLarge(path: String)
    /// Others than its owner may open the key's file; its mode as in `chmod`.
    case keyOpenToOthers(path: String, mode: String)
    /// No certificate in PEM, or one that cannot be read.
    case noCertificate(path: String)
    /// More certificates than a chain or the roots may have.
    case tooManyCertificates(path: String, max: Int)
    /// No private key in PEM, or an encrypted one.
    case noPrivateKey(path: String)
    /// The first certificate is not one of a node of this consortium (certs/PROFILE.md).
    case notANodeCertificate(path: String, reason: String)
    /// The certificate is that of another node.
    case wrongNode(path: String, found: String)
    /// The key is not that of the certificate.
    case keyMismatch(certificate: String, key: String)
    /// No peer would take the certificate now.
    case notTrusted(path: String, reason: ChainError)
}

extension TLSMaterialError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read: check that it exists and who owns it"
        case .tooLarge(let path):
            "\(path) has more than \(PeerHTTPLimits.tlsFileBytesMax) bytes: is it the right file?"
        case .keyOpenToOthers(let path, let mode):
            "\(path) has mode \(mode), so others can take the key: run chmod 600 on it"
        case .noCertificate(let path): "\(path) holds no readable certificate in PEM"
        case .tooManyCertificates(let path, let max): "\(path) holds more than \(max) certificates"
        case .noPrivateKey(let path): "\(path) holds no private key in PEM without a passphrase"
        case .notANodeCertificate(let path, let reason):
            "\(path) is not a certificate of a node of this consortium: \(reason)"
        case .wrongNode(let path, let found):
            "\(path) is the certificate of \(found), not of this node"
        case .keyMismatch(let certificate, let key):
            "\(key) is not the key of the certificate in \(certificate)"
        case .notTrusted(let path, let reason): "\(path) \(reason)"
        }
    }
}
