import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP

/// Renews the certificate of a running node at the authority, from two thirds of its life on, with a
/// new key. What comes is put in place as `creditmesh node certificate install` does; the running node
/// shows it from the next second on.
public struct CertificateRenewal: Sendable {
    let home: NodeHome
    let node: NodeID
    let origin: DirectoryOrigin
    let directory: any DirectorySource
    let tls: TLSInForce
    let clock: any Exchange.Clock
    let logger: Logger

    /// Renews a home's certificate now, whether or not its node runs; a running node shows the new one
    /// from the next second on.
    ///
    /// - Returns: what the new certificate says.
    /// - Throws: `JoinError.authority` when the authority hands out none; `NodeError`.
    public static func renew(
        _ home: NodeHome, clock: any Exchange.Clock = SystemClock()
    ) async throws -> NodeCertificate {
        let configuration = try NodeConfiguration(home: home)
        guard let origin = configuration.origin, origin.service != nil else {
            throw NodeError.certificate(
                "this node's directory comes from no authority that renews; "
                    + "use: creditmesh node certificate install")
        }
        let directory = try DirectoryFile(configuration.directory, logger: silent)
        let identity = NodeIdentity(
            consortium: directory.current.consortium, node: configuration.node)
        let files = CertificateFiles(home: home, identity: identity)
        let renewal = CertificateRenewal(
            home: home, node: configuration.node, origin: origin, directory: directory,
            tls: TLSInForce(try files.load()), clock: clock, logger: silent)
        do {
            try await renewal.renew()
        } catch let error as EnrolmentFailure {
            throw JoinError.authority(error)
        }
        return try files.load().statement
    }

    private static var silent: Logger {
        Logger(label: "creditmesh") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Renews when it is time; what goes wrong is said and tried again at the next round.
    func renewIfDue() async {
        let now = Double(clock.now.secondsSinceEpoch)
        guard now >= tls.current.statement.renewal.timeIntervalSince1970 else { return }
        do {
            try await renew()
            logger.notice("the certificate was renewed")
        } catch {
            logger.warning(
                "the certificate was not renewed; it is tried again",
                metadata: ["reason": "\(Self.word(error))"])
        }
    }

    /// Renews now.
    func renew() async throws {
        let directory = directory.current
        guard let service = origin.service, let entry = directory.node(node) else {
            throw EnrolmentFailure.unreachable
        }
        let identity = NodeIdentity(consortium: directory.consortium, node: node)
        let files = CertificateFiles(home: home, identity: identity)
        let request = try files.request(hosts: [entry.endpoint.host])
        let certificate = try await RenewalClient(service, showing: tls.current).renew(request)
        guard let pem = AuthorityCertificate.pem(ofCertificate: certificate) else {
            throw EnrolmentFailure.malformed
        }
        _ = try files.install(certificate: Array(pem.utf8), key: nil, now: clock.now)
    }

    /// Why, without a path or a text of the other side.
    private static func word(_ error: any Error) -> String {
        switch error {
        case EnrolmentFailure.refused(let code): code
        case EnrolmentFailure.unreachable: "unreachable"
        case EnrolmentFailure.untrusted: "untrusted"
        case is EnrolmentFailure: "malformed"
        default: "\(type(of: error))"
        }
    }
}

extension DirectoryOrigin {
    /// The authority's service, where the repository is that of one (protocol/enrolment.md); nil for a
    /// repository that lies elsewhere.
    var service: Endpoint? {
        guard authority.hasSuffix(EnrolmentClient.repositoryFolder) else { return nil }
        return Endpoint(String(authority.dropLast(EnrolmentClient.repositoryFolder.count)))
    }
}
