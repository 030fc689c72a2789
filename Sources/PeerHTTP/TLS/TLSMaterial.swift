import Exchange
import Foundation
import Membership
import NIOCore
import NIOSSL
import Pseudonym

/// A node's certificate and key and the consortium's roots: read, checked, ready for both sides of
/// a connection. A new certificate needs new material.
public struct TLSMaterial: Sendable {
    /// Who this node is.
    public let identity: NodeIdentity
    /// What the node's certificate says.
    public let statement: NodeCertificate
    private let path: String
    let chain: [NIOSSLCertificate]
    let privateKey: NIOSSLPrivateKey
    let roots: [NIOSSLCertificate]
    /// For a connection that a peer begins.
    let serverContext: NIOSSLContext
    /// For one that somebody begins with this node as a witness.
    let witnessContext: NIOSSLContext

    /// Reads three files and checks that the certificate is that of `identity` and the key that of
    /// the certificate. Whether the certificate is still valid is left to whoever warns of expiry.
    ///
    /// - Parameters:
    ///   - certificate: path of the node's certificate and then those between it and a root, PEM.
    ///   - key: path of its private key, PEM, without a passphrase, mode 0600 or less.
    ///   - roots: path of the consortium's root certificates, PEM.
    ///   - identity: the node that this is.
    public init(
        certificate: String, key: String, roots: String, identity: NodeIdentity
    ) throws(TLSMaterialError) {
        self.identity = identity
        path = certificate
        chain = try Self.certificates(at: certificate, max: PeerHTTPLimits.chainCertificatesMax)
        self.roots = try Self.roots(at: roots)
        privateKey = try Self.privateKey(at: key)
        statement = try Self.statement(of: chain[0], path: certificate, identity)
        // The library takes a key only beside the certificate that it belongs to.
        let serving = Self.serverConfiguration(chain, privateKey, self.roots)
        let witnessing = Self.witnessConfiguration(chain, privateKey)
        guard let server = try? NIOSSLContext(configuration: serving),
            let witness = try? NIOSSLContext(configuration: witnessing)
        else { throw .keyMismatch(certificate: certificate, key: key) }
        (serverContext, witnessContext) = (server, witness)
    }

    /// The certificates of a file of roots.
    static func roots(at path: String) throws(TLSMaterialError) -> [NIOSSLCertificate] {
        try certificates(at: path, max: PeerHTTPLimits.rootCertificatesMax)
    }

    private static func certificates(
        at path: String, max: Int
    ) throws(TLSMaterialError) -> [NIOSSLCertificate] {
        let bytes = try TLSFile(path: path).bytes
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty
        else { throw .noCertificate(path: path) }
        guard certificates.count <= max else { throw .tooManyCertificates(path: path, max: max) }
        return certificates
    }

    private static func privateKey(at path: String) throws(TLSMaterialError) -> NIOSSLPrivateKey {
        let file = try TLSFile(path: path)
        guard !file.isOpenToOthers else {
            throw .keyOpenToOthers(path: path, mode: String(file.mode, radix: 8))
        }
        // An encrypted key would make the library ask on the terminal; the empty passphrase fails.
        guard
            let key = try? NIOSSLPrivateKey(
                bytes: file.bytes, format: .pem, passphraseCallback: { $0([UInt8]()) })
        else { throw .noPrivateKey(path: path) }
        return key
    }

    /// Checks that a peer would take the certificate at a moment: it leads to one of the roots, and is
    /// within its life.
    ///
    /// - Throws: `TLSMaterialError.notTrusted`.
    public func checkTrust(at now: Timestamp) throws(TLSMaterialError) {
        do throws(ChainError) {
            try CertificateChain.check(
                Self.der(chain), roots: Self.der(roots),
                at: Date(timeIntervalSince1970: Double(now.secondsSinceEpoch)))
        } catch {
            throw .notTrusted(path: path, reason: error)
        }
    }

    /// Whether both show the same certificate.
    public func showsSame(as other: TLSMaterial) -> Bool { chain == other.chain }

    /// Whether both show the same certificate and trust the same roots.
    public func isSame(as other: TLSMaterial) -> Bool {
        showsSame(as: other) && roots == other.roots
    }

    private static func der(_ certificates: [NIOSSLCertificate]) -> [[UInt8]] {
        certificates.map { (try? $0.toDERBytes()) ?? [] }
    }

    private static func statement(
        of leaf: NIOSSLCertificate, path: String, _ identity: NodeIdentity
    ) throws(TLSMaterialError) -> NodeCertificate {
        let found: NodeCertificate
        do {
            found = try CertificateProfile.certificate(
                fromDER: leaf.toDERBytes(), consortium: identity.consortium)
        } catch {
            throw .notANodeCertificate(path: path, reason: "\(error)")
        }
        guard found.identity == identity else {
            throw .wrongNode(path: path, found: found.identity.node.description)
        }
        return found
    }
}

extension TLSMaterial {
    /// For a node that is dialled: TLS 1.3 only, a client certificate under the roots required.
    /// Early data and renegotiation are off in the library.
    var serverConfiguration: TLSConfiguration {
        Self.serverConfiguration(chain, privateKey, roots)
    }

    private static func serverConfiguration(
        _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ roots: [NIOSSLCertificate]
    ) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfigurationWithMTLS(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key),
            trustRoots: .certificates(roots))
        restrict(&configuration)
        return configuration
    }

    /// For a node that dials: TLS 1.3 only, own certificate shown, the server's checked against
    /// the roots and the host that was dialled.
    var clientConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(privateKey)
        configuration.trustRoots = .certificates(roots)
        configuration.certificateVerification = .fullVerification
        Self.restrict(&configuration)
        return configuration
    }

    /// For a node that serves as a witness: TLS 1.3 only, anybody may connect.
    private static func witnessConfiguration(
        _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey
    ) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        restrict(&configuration)
        return configuration
    }

    /// For a node that dials a witness: no own certificate is shown; the server's is checked against
    /// the system's roots and the consortium's.
    var witnessClientConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.additionalTrustRoots = [.certificates(roots)]
        configuration.certificateVerification = .fullVerification
        Self.restrict(&configuration)
        return configuration
    }

    private static func restrict(_ configuration: inout TLSConfiguration) {
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = ["http/1.1"]
        configuration.renegotiationSupport = .none
        configuration.shutdownTimeout = TimeAmount(PeerHTTPLimits.closeTimeout)
    }
}

extension TLSMaterial: Redacted {
    /// Holds a private key; see `Redacted`.
    public static let redactedLabel = "<TLS material>"
}
