import Membership
import NIOCore
import NIOSSL
import Synchronization

/// What an authority's service shows and asks of clients at each new connection: TLS 1.3, its
/// certificate of the moment; a client certificate may be shown and must then be of the consortium.
public final class ServiceTLS: Sendable {
    private let root: NIOSSLCertificate
    private let inForce: Mutex<NIOSSLContext>

    /// Begins with a certificate.
    ///
    /// - Parameter authority: the consortium's authority; it has issued what nodes show.
    /// - Throws: `TLSMaterialError` for a certificate or key that cannot be used.
    public init(
        _ issued: IssuedCertificate, authority: AuthorityCertificate
    ) throws(TLSMaterialError) {
        guard let root = try? NIOSSLCertificate(bytes: authority.der, format: .der) else {
            throw .noCertificate(path: "the authority's certificate")
        }
        self.root = root
        inForce = Mutex(try Self.context(issued, root: root))
    }

    /// Shows another certificate from now on; connections that are open live on.
    ///
    /// - Throws: `TLSMaterialError`; the one before stays then.
    public func replace(by issued: IssuedCertificate) throws(TLSMaterialError) {
        let next = try Self.context(issued, root: root)
        inForce.withLock { $0 = next }
    }

    /// For a connection that begins.
    var context: NIOSSLContext { inForce.withLock { $0 } }

    private static func context(
        _ issued: IssuedCertificate, root: NIOSSLCertificate
    ) throws(TLSMaterialError) -> NIOSSLContext {
        guard let certificate = try? NIOSSLCertificate(bytes: issued.der, format: .der) else {
            throw .noCertificate(path: "the service's certificate")
        }
        guard
            let key = try? NIOSSLPrivateKey(
                bytes: Array(issued.privateKeyPEM.utf8), format: .pem,
                passphraseCallback: { $0([UInt8]()) })
        else { throw .noPrivateKey(path: "the service's key") }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
        tls.trustRoots = .certificates([root])
        tls.certificateVerification = .optionalVerification
        tls.minimumTLSVersion = .tlsv13
        tls.applicationProtocols = ["http/1.1"]
        tls.renegotiationSupport = .none
        tls.shutdownTimeout = TimeAmount(PeerHTTPLimits.closeTimeout)
        guard let context = try? NIOSSLContext(configuration: tls) else {
            throw .keyMismatch(
                certificate: "the service's certificate", key: "the service's key")
        }
        return context
    }
}
