import Exchange
import Logging
import Membership
import ServiceLifecycle

/// The service of an authority: the repository for anybody, enrolment for whoever was invited, renewal
/// for nodes (protocol/enrolment.md). HTTP/1.1 over TLS 1.3. No query passes here.
public struct AuthorityServer: Service {
    private let address: (host: String, port: Int)
    private let tls: ServiceTLS
    private let responder: AuthorityResponder
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Makes a service; it listens when it runs.
    ///
    /// - Parameters:
    ///   - tls: the service's certificate.
    ///   - authority: the consortium's authority; it has issued what nodes show.
    ///   - onReady: called once with the port on which the service listens.
    /// - Throws: `TLSMaterialError` for an authority's certificate that cannot be used.
    public init(
        host: String, port: Int, tls: ServiceTLS, authority: AuthorityCertificate,
        consortium: ConsortiumID, desk: any EnrolmentDesk, files: any DirectoryFiles,
        clock: any Exchange.Clock, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) throws(TLSMaterialError) {
        address = (host, port)
        self.tls = tls
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
            tls: { [tls] in tls.context }, clock: clock, logger: logger)
        try await listener.run(onReady: onReady) { [responder] request, writer, channel in
            try await responder.respond(to: request, with: writer, on: channel)
        }
    }
}
