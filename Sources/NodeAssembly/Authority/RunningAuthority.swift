import Authority
import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import ServiceLifecycle
import TUF
import UnixSignals

extension EnrolmentOffice: EnrolmentDesk {}

/// The files of an authority's repository as they lie.
struct PublishedFiles: DirectoryFiles {
    let folder: MetadataFolder

    func directoryFile(_ name: String) -> [UInt8]? {
        (try? folder.read(name, bytesMax: MetadataLimits.targetFileBytesMax)) ?? nil
    }
}

/// An authority that serves (protocol/enrolment.md): the repository, enrolments and renewals, and the
/// timestamp and the service's certificate kept young. It is on the path of no query; nodes run on for a day without it.
public struct RunningAuthority: Service {
    /// How often is looked whether the timestamp or the certificate is to be renewed.
    static let renewalInterval: Duration = .seconds(600)
    /// Of a timestamp so much may be left when it is renewed.
    static let renewalLeft: Duration = .seconds(43_200)

    private let folder: AuthorityFolder
    private let online: MetadataSigner
    private let server: AuthorityServer
    let certificate: ServiceCertificate
    private let clock: any Exchange.Clock
    private let logger: Logger

    /// Where a service listens, and under which hosts it is reached.
    public struct Site: Sendable {
        /// The address to listen on.
        public let listenHost: String
        /// The port; 0 takes a free one.
        public let listenPort: Int
        /// The hosts under which it is reached.
        public let hosts: [EndpointHost]
        /// Names a site.
        public init(listenHost: String, listenPort: Int, hosts: [EndpointHost]) {
            self.listenHost = listenHost
            self.listenPort = listenPort
            self.hosts = hosts
        }
    }

    /// Opens an authority.
    ///
    /// - Parameters:
    ///   - online: signs timestamps.
    ///   - issuer: the consortium's authority for certificates, opened.
    ///   - onReady: called once with the port on which the service listens.
    public init(
        folder: AuthorityFolder, online: MetadataSigner, issuer: CertificateAuthority, site: Site,
        clock: any Exchange.Clock = SystemClock(), logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(NodeError) {
        self.folder = folder
        self.online = online
        self.clock = clock
        self.logger = logger
        do {
            let authority = try folder.authorityCertificate()
            certificate = try ServiceCertificate(
                issuer: issuer, authority: authority, hosts: site.hosts, clock: clock)
            server = try AuthorityServer(
                host: site.listenHost, port: site.listenPort, tls: certificate.tls,
                authority: authority, consortium: folder.consortium(),
                desk: EnrolmentOffice(folder, issuer: issuer, clock: clock),
                files: PublishedFiles(folder: folder.repository), clock: clock, logger: logger,
                onReady: onReady)
        } catch {
            throw .failed("\(error)")
        }
    }

    /// Serves until the service group that it runs in stops gracefully.
    public func run() async throws { try await run(signals: []) }

    /// Serves until a signal, or until the service group that it runs in stops gracefully.
    public func run(signals: [UnixSignal]) async throws {
        let services: [any Service] = [renewing, renewingCertificate, server]
        try await ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: signals,
                logger: logger)
        ).run()
    }

    private var renewing: Repeating {
        Repeating(
            name: "renewing the timestamp", interval: { Self.renewalInterval }, logger: logger
        ) { [folder, online, clock, logger] in
            let now = clock.metadataTime
            guard let held = try await folder.published().trusted?.timestamp?.head.expires,
                held.seconds - now.seconds < Int(Self.renewalLeft.components.seconds)
            else { return }
            let renewed = try await folder.renew(by: online, now: now)
            logger.info("timestamp renewed", metadata: ["expires": "\(renewed.expires)"])
        }
    }

    private var renewingCertificate: Repeating {
        Repeating(
            name: "renewing the service's certificate", interval: { Self.renewalInterval },
            logger: logger
        ) { [certificate, logger] in
            guard try certificate.renewIfDue() else { return }
            logger.info("the service's certificate was renewed")
        }
    }
}
