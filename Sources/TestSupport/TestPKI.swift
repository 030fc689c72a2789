import Crypto
import Foundation
import Membership

/// A consortium's certificates, minted in memory around one point of time, so that no fixture ever
/// expires.
public struct TestPKI: Sendable {
    /// The trust domain.
    public let consortium: ConsortiumID
    /// The authority that nodes trust.
    public let authority: CertificateAuthority
    /// The time at which everything is issued.
    public let now: Date

    private let stranger: CertificateAuthority

    /// How a certificate differs from what a node needs.
    public enum Variant: Sendable, CaseIterable {
        /// Not at all.
        case good
        /// Its life ended an hour ago; TLS refuses it.
        case expired
        /// Its life begins in an hour; TLS refuses it.
        case notYetValid
        /// It has no URI name; the profile refuses it.
        case noIdentity
        /// It has a second URI name; the profile refuses it.
        case twoIdentities
        /// Its URI names another consortium; the profile refuses it.
        case otherConsortium
        /// Another authority issued it; TLS refuses it, the profile does not see it.
        case otherAuthority
    }

    /// Mints two authorities: that of the consortium and a stranger.
    ///
    /// - Throws: ``TestPKIError/name`` when `consortium` is no ``ConsortiumID``; ``IssuingError``.
    public init(consortium: String = "test.creditmesh", now: Date) throws {
        guard let consortium = ConsortiumID(consortium) else { throw TestPKIError.name }
        self.consortium = consortium
        self.now = now
        let year = Duration.seconds(365 * 86_400)
        authority = try .create(commonName: "Test authority", now: now, life: year)
        stranger = try .create(commonName: "Another authority", now: now, life: year)
    }

    /// Mints a node's certificate with a new key.
    ///
    /// - Parameters:
    ///   - node: the node's id.
    ///   - variant: what is wrong with it.
    ///   - hosts: its DNS names and IP addresses; the loopback ones unless told.
    /// - Throws: ``TestPKIError/name``; ``IssuingError``.
    public func certificate(
        for node: String, _ variant: Variant = .good,
        hosts: [String] = ["localhost", "127.0.0.1", "::1"]
    ) throws -> IssuedCertificate {
        let issuer = variant == .otherAuthority ? stranger : authority
        return try issuer.issue(
            template(for: node, variant, hosts: hosts), key: P256.Signing.PrivateKey())
    }

    private func template(
        for node: String, _ variant: Variant, hosts: [String]
    ) throws -> LeafTemplate {
        guard let node = NodeID(node) else { throw TestPKIError.name }
        let names = try hosts.map { text in
            guard let host = EndpointHost(text) else { throw TestPKIError.name }
            return host
        }
        let hour: TimeInterval = 3_600
        var template = LeafTemplate(
            identity: NodeIdentity(consortium: consortium, node: node), hosts: names,
            notBefore: now - hour, notAfter: now + 24 * hour)
        switch variant {
        case .good, .otherAuthority: break
        case .expired: (template.notBefore, template.notAfter) = (now - 2 * hour, now - hour)
        case .notYetValid: template.notBefore = now + hour
        case .noIdentity: template.uris = []
        case .twoIdentities: template.uris.append("spiffe://\(consortium)/node/someone-else")
        case .otherConsortium: template.uris = ["spiffe://other.example/node/\(node)"]
        }
        return template
    }
}

/// What a test asked for and cannot have; the test is at fault.
public enum TestPKIError: Error, Sendable {
    /// Not a consortium's, node's or host's name.
    case name
    /// A file could not be written.
    case file
}
