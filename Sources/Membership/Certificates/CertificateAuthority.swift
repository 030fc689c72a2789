import Crypto
import Foundation
import SwiftASN1
import X509

/// The authority that issues the certificates of a consortium's nodes: one self-signed P-256
/// certificate (CA:TRUE, pathlen 0) and its key. Descriptions show neither.
public struct CertificateAuthority: Sendable {
    /// The longest life of an authority's own certificate: ten years of 365 days.
    public static let lifeMax: Duration = .days(3_650)
    /// The life of the certificate of the authority's service, which is made anew at every start, and
    /// by the running service.
    public static let serviceLife: Duration = .days(30)
    /// The longest common name in bytes (X.520 ub-common-name).
    public static let commonNameBytesMax = 64
    /// How far a certificate's life begins before it is issued: the clock skew that the protocol
    /// allows (protocol.md §0), so that a peer whose clock is behind takes it at once.
    public static let backdating: Duration = .seconds(60)

    /// The authority's certificate in PEM, with a newline at the end. Public.
    public let certificatePEM: String
    let certificate: Certificate
    private let key: P256.Signing.PrivateKey

    /// Makes a new authority.
    ///
    /// - Parameters:
    ///   - commonName: how people recognise it, 1 to ``commonNameBytesMax`` bytes.
    ///   - key: its key; a new one unless told.
    ///   - now: the time of issue; the life begins ``backdating`` before.
    ///   - life: the whole life in seconds, at most ``lifeMax``.
    /// - Throws: ``IssuingError/commonName``, ``IssuingError/life``.
    public static func create(
        commonName: String, key: P256.Signing.PrivateKey = P256.Signing.PrivateKey(),
        now: Date, life: Duration
    ) throws(IssuingError) -> CertificateAuthority {
        guard (1...commonNameBytesMax).contains(commonName.utf8.count) else { throw .commonName }
        let validity = try Self.validity(from: now, life: life, lifeMax: lifeMax)
        let certificate = try encoded {
            let name = try DistinguishedName { CommonName(commonName) }
            let publicKey = Certificate.PublicKey(key.publicKey)
            return try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
                notValidBefore: validity.lowerBound, notValidAfter: validity.upperBound,
                issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: publicKey)
                },
                issuerPrivateKey: Certificate.PrivateKey(key))
        }
        return try CertificateAuthority(certificate: certificate, key: key)
    }

    /// An authority from its files.
    ///
    /// - Throws: ``IssuingError/authorityCertificate``, ``IssuingError/authorityKey``,
    ///   ``IssuingError/keyMismatch``, ``IssuingError/notAnAuthority``.
    public init(certificatePEM: String, privateKeyPEM: String) throws(IssuingError) {
        guard let certificate = try? Certificate(pemEncoded: certificatePEM) else {
            throw .authorityCertificate
        }
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: privateKeyPEM) else {
            throw .authorityKey
        }
        guard
            P256.Signing.PublicKey(certificate.publicKey)?.rawRepresentation
                == key.publicKey.rawRepresentation
        else { throw .keyMismatch }
        guard
            case .isCertificateAuthority(maxPathLength: 0)? =
                try? certificate.extensions.basicConstraints,
            let usage = try? certificate.extensions.keyUsage, usage.keyCertSign
        else { throw .notAnAuthority }
        try self.init(certificate: certificate, key: key)
    }

    private init(
        certificate: Certificate, key: P256.Signing.PrivateKey
    ) throws(IssuingError) {
        certificatePEM = try Self.encoded { try certificate.serializeAsPEM().pemString + "\n" }
        self.certificate = certificate
        self.key = key
    }

    /// The authority's certificate in DER.
    public var der: [UInt8] {
        get throws(IssuingError) {
            try Self.encoded {
                var serializer = DER.Serializer()
                try serializer.serialize(certificate)
                return serializer.serializedBytes
            }
        }
    }

    /// The authority's key in PEM (PKCS#8), not encrypted, with a newline at the end.
    public var privateKeyPEM: String { key.pemRepresentation + "\n" }
    /// The last second of the authority's life.
    public var notAfter: Date { certificate.notValidAfter }
}

// MARK: - Issuing

extension CertificateAuthority {
    /// Issues a node's certificate as the profile says (certs/PROFILE.md).
    ///
    /// - Parameters:
    ///   - identity: whom it speaks for; it becomes the only URI name.
    ///   - key: the node's key; a new one unless told.
    ///   - hosts: the endpoint's DNS names and IP addresses, 1 to ``CertificateProfile/hostsMax``.
    ///   - now: the time of issue; the life begins ``backdating`` before.
    ///   - life: the whole life in seconds, at most ``CertificateProfile/lifeMax``.
    /// - Throws: ``IssuingError/hosts``, ``IssuingError/life``, ``IssuingError/outlivesAuthority``.
    public func issueNodeCertificate(
        for identity: NodeIdentity, key: P256.Signing.PrivateKey = P256.Signing.PrivateKey(),
        hosts: [EndpointHost], now: Date, life: Duration = CertificateProfile.lifeMax
    ) throws(IssuingError) -> IssuedCertificate {
        guard (1...CertificateProfile.hostsMax).contains(hosts.count) else { throw .hosts }
        let validity = try Self.validity(
            from: now, life: life, lifeMax: CertificateProfile.lifeMax)
        guard validity.upperBound <= notAfter else { throw .outlivesAuthority }
        let template = LeafTemplate(
            identity: identity, hosts: hosts, notBefore: validity.lowerBound,
            notAfter: validity.upperBound)
        return try issue(template, key: key)
    }

    /// Issues whatever `template` says, unchecked.
    package func issue(
        _ template: LeafTemplate, key: P256.Signing.PrivateKey
    ) throws(IssuingError) -> IssuedCertificate {
        let leaf = try issue(template, publicKey: key.publicKey)
        return IssuedCertificate(
            der: leaf.der, certificatePEM: leaf.certificatePEM, privateKey: key)
    }

    /// Issues whatever `template` says for a key whose private half is elsewhere, unchecked.
    func issue(
        _ template: LeafTemplate, publicKey: P256.Signing.PublicKey
    ) throws(IssuingError) -> SignedCertificate {
        try Self.encoded {
            let leaf = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(publicKey),
                notValidBefore: template.notBefore, notValidAfter: template.notAfter,
                issuer: certificate.subject,
                subject: DistinguishedName { CommonName(template.commonName) },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: template.extensions(
                    key: publicKey, authority: certificate.publicKey),
                issuerPrivateKey: Certificate.PrivateKey(self.key))
            var serializer = DER.Serializer()
            try serializer.serialize(leaf)
            return SignedCertificate(
                der: serializer.serializedBytes,
                certificatePEM: try leaf.serializeAsPEM().pemString + "\n")
        }
    }

    /// Issues what a node asked for, for its key (protocol/enrolment.md). That it is the node of the
    /// request, and that the node belongs to the consortium, is judged by whoever calls this.
    ///
    /// - Throws: ``IssuingError/life``, ``IssuingError/outlivesAuthority``.
    public func issueNodeCertificate(
        for request: CertificateRequest, now: Date, life: Duration = CertificateProfile.lifeMax
    ) throws(IssuingError) -> SignedCertificate {
        let validity = try Self.validity(
            from: now, life: life, lifeMax: CertificateProfile.lifeMax)
        guard validity.upperBound <= notAfter else { throw .outlivesAuthority }
        let template = LeafTemplate(
            identity: request.identity, hosts: request.hosts, notBefore: validity.lowerBound,
            notAfter: validity.upperBound)
        return try issue(template, publicKey: request.publicKey)
    }

    /// Issues the certificate under which the authority's own service is reached: it serves, and
    /// names no node, so that no node takes it for one (certs/PROFILE.md).
    ///
    /// - Throws: ``IssuingError/hosts``, ``IssuingError/outlivesAuthority``.
    public func issueServiceCertificate(
        hosts: [EndpointHost], now: Date
    ) throws(IssuingError) -> IssuedCertificate {
        guard (1...CertificateProfile.hostsMax).contains(hosts.count) else { throw .hosts }
        let validity = try Self.validity(
            from: now, life: Self.serviceLife, lifeMax: Self.serviceLife)
        guard validity.upperBound <= notAfter else { throw .outlivesAuthority }
        let template = LeafTemplate(
            serviceAt: hosts, notBefore: validity.lowerBound, notAfter: validity.upperBound)
        return try issue(template, key: P256.Signing.PrivateKey())
    }

    /// The life that begins ``backdating`` before `now`, cut to whole seconds as X.509 has them.
    private static func validity(
        from now: Date, life: Duration, lifeMax: Duration
    ) throws(IssuingError) -> ClosedRange<Date> {
        guard life > .zero, life <= lifeMax, life.components.attoseconds == 0 else { throw .life }
        let issued = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let start = issued - TimeInterval(backdating.components.seconds)
        return start...(start + TimeInterval(life.components.seconds))
    }

    /// What `encode` gives; the library's errors quote names and are not passed on.
    private static func encoded<Result>(
        _ encode: () throws -> Result
    ) throws(IssuingError) -> Result {
        do {
            return try encode()
        } catch {
            throw .library
        }
    }
}

extension CertificateAuthority: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The type's name only.
    public var description: String { "CertificateAuthority(redacted)" }
    /// The type's name only.
    public var debugDescription: String { description }
    /// No children, so that `dump` shows no key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
