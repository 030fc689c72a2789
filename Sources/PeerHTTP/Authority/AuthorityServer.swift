import Exchange
import Logging
import Membership
import NIOCore
import NIOSSL
import ServiceLifecycle

/// The service of an authority: the repository for anybody, enrolment for whoever was invited, renewal
/// for nodes (protocol/enrolment.md). HTTP/1.1 over TLS 1.3. No query passes here.
public struct AuthorityServer: Service {
    private let address: (host: String, port: Int)
    private let tls: TLSConfiguration
    private let responder: AuthorityResponder
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes a service; it listens when it runs.
    ///
    /// - Parameters:
    ///   - chain: the service's certificates, PEM.
    ///   - key: its private key, PEM.
    ///   - authority: the consortium's authority; it has issued what nodes show.
    ///   - onReady: called once with the port on which the service listens.
    /// - Throws: `TLSMaterialError` for a certificate or key that cannot be used.
    public init(
        host: String, port: Int, chain: String, key: String, authority: AuthorityCertificate,
        consortium: ConsortiumID, desk: any EnrolmentDesk, files: any DirectoryFiles,
        clock: any Exchange.Clock, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) throws(TLSMaterialError) {
        address = (host, port)
        tls = try Self.tls(chain: chain, key: key, authority: authority)
        self.clock = clock
        self.logger = logger
        self.onReady = onReady
        guard let bundle = try? CertificateBundle.encoded([authority.der]) else {
            throw .noCertificate(path: "the authority's certificate")
        }
        responder = AuthorityResponder(
            desk: desk, files: files, consortium: consortium, certificates: bundle, clock: clock,
            gate: RequestGate(slots: PeerHTTPLimits.requestsInFlightMax), logger: logger)
    }

    /// Listens and answers until the service group stops.
    ///
    /// - Throws: what the system says when the address cannot be listened on.
    public func run() async throws {
        let listener = HTTPListener(
            host: address.host, port: address.port,
            connectionsMax: PeerHTTPLimits.authorityConnectionsMax, timeouts: ConnectionTimeouts(),
            tls: tls, clock: clock, logger: logger)
        try await listener.run(onReady: onReady) { [responder] request, writer, channel in
            try await responder.respond(to: request, with: writer, on: channel)
        }
    }

    /// A client certificate may be shown and must then be of the consortium; renewals need one.
    private static func tls(
        chain: String, key: String, authority: AuthorityCertificate
    ) throws(TLSMaterialError) -> TLSConfiguration {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)),
            !certificates.isEmpty,
            let root = try? NIOSSLCertificate(bytes: authority.der, format: .der)
        else { throw .noCertificate(path: "the service's certificate") }
        guard
            let privateKey = try? NIOSSLPrivateKey(
                bytes: Array(key.utf8), format: .pem, passphraseCallback: { $0([UInt8]()) })
        else { throw .noPrivateKey(path: "the service's key") }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(privateKey))
        tls.trustRoots = .certificates([root])
        tls.certificateVerification = .optionalVerification
        tls.minimumTLSVersion = .tlsv13
        tls.applicationProtocols = ["http/1.1"]
        tls.renegotiationSupport = .none
        tls.shutdownTimeout = TimeAmount(PeerHTTPLimits.closeTimeout)
        guard (try? NIOSSLContext(configuration: tls)) != nil else {
            throw .keyMismatch(
                certificate: "the service's certificate", key: "the service's key")
        }
        return tls
    }
}
