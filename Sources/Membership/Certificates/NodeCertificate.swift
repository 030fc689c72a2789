import Foundation

/// What a certificate that fits the profile says.
///
/// It says nothing about who signed it: chain and signature are the TLS stack's to verify.
public struct NodeCertificate: Sendable, Hashable {
    /// Whom it speaks for.
    public let identity: NodeIdentity
    /// The endpoint's hosts for which it may serve, in the certificate's order, at least one.
    public let hosts: [EndpointHost]
    /// The first second of its life.
    public let notBefore: Date
    /// The last second of its life (RFC 5280 §4.1.2.5).
    public let notAfter: Date

    /// Whether `now` lies in its life. A connection can outlive the certificate that opened it, so
    /// whoever authorises single requests asks again each time.
    public func isValid(at now: Date) -> Bool {
        notBefore <= now && now <= notAfter
    }

    /// When it should be renewed: at two thirds of its life (certs/PROFILE.md, "Renewal").
    public var renewal: Date {
        notBefore + notAfter.timeIntervalSince(notBefore) * 2 / 3
    }
}
