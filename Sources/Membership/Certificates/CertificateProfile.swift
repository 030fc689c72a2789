import Crypto
import Foundation
import SwiftASN1
import X509

/// The profile that every node's certificate must fit (protocol.md §1; certs/PROFILE.md).
///
/// TLS has verified chain, signature and dates when this is asked; the profile is what makes a
/// valid certificate the identity of one node. Everything that it does not name is refused, except
/// extensions that are not critical, which are ignored.
public enum CertificateProfile {
    /// The longest life, from notBefore to notAfter.
    public static let lifeMax: Duration = .days(30)
    /// The largest certificate in bytes of DER.
    public static let derBytesMax = 16_384
    /// The most DNS names and IP addresses together.
    public static let hostsMax = 16

    /// The node that a certificate speaks for.
    ///
    /// - Parameters:
    ///   - der: one X.509 v3 certificate, nothing after it.
    ///   - consortium: the only trust domain that is accepted.
    /// - Throws: ``ProfileError`` for the first rule that the certificate breaks.
    public static func identity(
        fromDER der: [UInt8], consortium: ConsortiumID
    ) throws(ProfileError) -> NodeIdentity {
        try certificate(fromDER: der, consortium: consortium).identity
    }

    /// The same with hosts and dates.
    ///
    /// - Throws: ``ProfileError`` for the first rule that the certificate breaks.
    public static func certificate(
        fromDER der: [UInt8], consortium: ConsortiumID
    ) throws(ProfileError) -> NodeCertificate {
        guard der.count <= derBytesMax else { throw .tooLarge }
        let certificate = try readable { try Certificate(derEncoded: der) }
        try checkKeys(of: certificate)
        try checkUsages(in: certificate.extensions)
        let names = try SubjectNames(certificate.extensions)
        guard names.identity.consortium == consortium else { throw .otherConsortium }
        try checkLife(of: certificate)
        return NodeCertificate(
            identity: names.identity, hosts: names.hosts,
            notBefore: certificate.notValidBefore, notAfter: certificate.notValidAfter)
    }
}

// MARK: - Rules

extension CertificateProfile {
    /// The extensions that the profile knows. A critical one beyond these restricts the certificate
    /// in a way that nobody here would honour (RFC 5280 §4.2).
    private static let knownExtensions: Set<ASN1ObjectIdentifier> = [
        .X509ExtensionID.basicConstraints, .X509ExtensionID.keyUsage,
        .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.subjectAlternativeName,
        .X509ExtensionID.authorityKeyIdentifier, .X509ExtensionID.subjectKeyIdentifier,
    ]

    private static func checkKeys(of certificate: Certificate) throws(ProfileError) {
        guard P256.Signing.PublicKey(certificate.publicKey) != nil else { throw .key }
        guard certificate.signatureAlgorithm == .ecdsaWithSHA256 else {
            throw .signatureAlgorithm
        }
    }

    private static func checkUsages(in extensions: Certificate.Extensions) throws(ProfileError) {
        guard extensions.allSatisfy({ !$0.critical || knownExtensions.contains($0.oid) }) else {
            throw .unknownCriticalExtension
        }
        guard case .notCertificateAuthority = try readable({ try extensions.basicConstraints })
        else { throw .notALeaf }
        guard try readable({ try extensions.keyUsage }) == KeyUsage(digitalSignature: true) else {
            throw .keyUsage
        }
        let usages = try readable { try extensions.extendedKeyUsage }
        guard let usages, usages.count == 2, Set(usages) == [.serverAuth, .clientAuth] else {
            throw .extendedKeyUsage
        }
    }

    private static func checkLife(of certificate: Certificate) throws(ProfileError) {
        let life = certificate.notValidAfter.timeIntervalSince(certificate.notValidBefore)
        guard life > 0, Duration.seconds(life) <= lifeMax else { throw .life }
    }

    /// What `parse` gives; the library's errors quote the certificate and are not passed on.
    static func readable<Part>(
        _ parse: () throws -> Part
    ) throws(ProfileError) -> Part {
        do {
            return try parse()
        } catch {
            throw .malformed
        }
    }
}
