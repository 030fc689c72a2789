import Foundation
import X509

/// Whether a node's certificate leads to a root of its consortium, before it is put to use.
///
/// TLS verifies chains of peers at every handshake; this is asked about the own one, so that a
/// certificate that no peer would take never comes into force (certs/PROFILE.md, "Renewal").
public enum CertificateChain {
    /// Checks names, signatures and dates from a node's certificate up to a root.
    ///
    /// - Parameters:
    ///   - chain: the node's certificate, then those between it and a root, each in DER, in order.
    ///   - roots: what is trusted, in DER.
    ///   - now: the moment for which all of them must be valid.
    /// - Throws: ``ChainError`` for the first fault.
    public static func check(
        _ chain: [[UInt8]], roots: [[UInt8]], at now: Date
    ) throws(ChainError) {
        let certificates = try chain.map(certificate)
        let trusted = try roots.map(certificate)
        for (place, current) in certificates.enumerated() {
            try checkDates(of: current, at: now)
            if let root = trusted.first(where: { issued(current, by: $0) }) {
                return try checkDates(of: root, at: now)
            }
            guard place + 1 < certificates.count, issued(current, by: certificates[place + 1])
            else { throw .untrusted }
        }
        throw .untrusted
    }

    private static func certificate(_ der: [UInt8]) throws(ChainError) -> Certificate {
        guard der.count <= CertificateProfile.derBytesMax,
            let certificate = try? Certificate(derEncoded: der)
        else { throw .malformed }
        return certificate
    }

    private static func checkDates(of certificate: Certificate, at now: Date) throws(ChainError) {
        guard certificate.notValidBefore <= now else { throw .notYetValid }
        guard now <= certificate.notValidAfter else { throw .expired }
    }

    private static func issued(_ certificate: Certificate, by issuer: Certificate) -> Bool {
        guard certificate.issuer == issuer.subject,
            case .isCertificateAuthority? = try? issuer.extensions.basicConstraints
        else { return false }
        return issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
    }
}

/// Why a chain is of no use. Texts are for the operator whose certificate it is.
public enum ChainError: Error, Equatable, Sendable {
    /// One of the certificates cannot be read, or is too large.
    case malformed
    /// It leads to no root of the consortium.
    case untrusted
    /// One of them is not valid yet.
    case notYetValid
    /// One of them has expired.
    case expired
}

extension ChainError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence about a file.
    public var description: String {
        switch self {
        case .malformed: "cannot be read"
        case .untrusted: "does not lead to a root of the consortium"
        case .notYetValid: "is not valid yet: check the clock"
        case .expired: "has expired"
        }
    }
}
