import Exchange
import Foundation
import Membership
import PeerHTTP
import Synchronization

/// The certificate under which an authority's service is reached: issued by the consortium's authority
/// at the start, and anew, with a new key, when two thirds of its life are over (certs/PROFILE.md).
struct ServiceCertificate: Sendable {
    /// What the service shows.
    let tls: ServiceTLS
    private let issuer: CertificateAuthority
    private let hosts: [EndpointHost]
    private let clock: any Exchange.Clock
    private let state: State

    /// When the next one is due; changed by one renewal at a time.
    private final class State: Sendable {
        let due: Mutex<Timestamp>
        init(due: Timestamp) { self.due = Mutex(due) }
    }

    /// Issues the first one.
    ///
    /// - Parameters:
    ///   - authority: the issuer's certificate.
    ///   - hosts: under which the service is reached.
    init(
        issuer: CertificateAuthority, authority: AuthorityCertificate, hosts: [EndpointHost],
        clock: any Exchange.Clock
    ) throws {
        self.issuer = issuer
        self.hosts = hosts
        self.clock = clock
        let now = clock.now
        tls = try ServiceTLS(
            issuer.issueServiceCertificate(hosts: hosts, now: now.date), authority: authority)
        state = State(due: Self.renewal(of: now))
    }

    /// Issues another one when it is time.
    ///
    /// - Returns: whether it did.
    func renewIfDue() throws -> Bool {
        let now = clock.now
        guard state.due.withLock({ $0 <= now }) else { return false }
        try tls.replace(by: issuer.issueServiceCertificate(hosts: hosts, now: now.date))
        state.due.withLock { $0 = Self.renewal(of: now) }
        return true
    }

    private static func renewal(of issue: Timestamp) -> Timestamp {
        issue.advanced(bySeconds: CertificateAuthority.serviceLife.components.seconds * 2 / 3)
    }
}

extension Timestamp {
    fileprivate var date: Date { Date(timeIntervalSince1970: Double(secondsSinceEpoch)) }
}
