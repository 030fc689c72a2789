import Crypto
import SwiftASN1
import X509

/// A node's request for a certificate (PKCS#10, RFC 2986): whose key it is, which node it wants to
/// speak for, and at which hosts. A value of this type has a key of the right kind, which signed it,
/// and asks for nothing that the profile does not know (certs/PROFILE.md).
public struct CertificateRequest: Sendable, Equatable {
    /// The largest request in bytes of DER.
    public static let derBytesMax = 8 * 1024

    /// The request's bytes.
    public let der: [UInt8]
    /// The node that it wants to speak for.
    public let identity: NodeIdentity
    /// The hosts, at least one.
    public let hosts: [EndpointHost]
    let publicKey: P256.Signing.PublicKey

    /// Reads a request.
    ///
    /// - Throws: ``CertificateRequestError`` for the first rule that it breaks.
    public init(der: [UInt8]) throws(CertificateRequestError) {
        guard der.count <= Self.derBytesMax,
            let request = try? CertificateSigningRequest(derEncoded: der)
        else { throw .malformed }
        guard let key = P256.Signing.PublicKey(request.publicKey),
            request.signatureAlgorithm == .ecdsaWithSHA256
        else { throw .key }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw .signature
        }
        let names: SubjectNames
        do {
            names = try SubjectNames(Self.extensions(of: request))
        } catch .malformed {
            throw .malformed
        } catch .noIdentity, .severalIdentities, .identityFormat {
            throw .identity
        } catch {
            throw .names
        }
        guard "\(request.subject)" == "CN=\(names.identity.node)" else { throw .identity }
        self.der = der
        identity = names.identity
        hosts = names.hosts
        publicKey = key
    }

    /// A request of this key.
    ///
    /// - Throws: ``IssuingError/hosts``, ``IssuingError/library``.
    public static func make(
        for identity: NodeIdentity, hosts: [EndpointHost], key: P256.Signing.PrivateKey
    ) throws(IssuingError) -> CertificateRequest {
        guard (1...CertificateProfile.hostsMax).contains(hosts.count) else { throw .hosts }
        do {
            let names = LeafTemplate.names(uris: [identity.spiffeURI], hosts: hosts)
            let attribute = try CertificateSigningRequest.Attribute(
                ExtensionRequest(
                    extensions: Certificate.Extensions { SubjectAlternativeNames(names) }))
            let request = try CertificateSigningRequest(
                version: .v1, subject: DistinguishedName { CommonName(identity.node.text) },
                privateKey: Certificate.PrivateKey(key),
                attributes: CertificateSigningRequest.Attributes([attribute]),
                signatureAlgorithm: .ecdsaWithSHA256)
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            return try CertificateRequest(der: serializer.serializedBytes)
        } catch {
            throw .library
        }
    }

    /// Whether a certificate is for this request's key.
    public func hasKey(ofCertificate der: [UInt8]) -> Bool {
        guard let certificate = try? Certificate(derEncoded: der) else { return false }
        return P256.Signing.PublicKey(certificate.publicKey)?.rawRepresentation
            == publicKey.rawRepresentation
    }

    /// The extensions that are asked for: names alone. What else a request wants, the profile decides.
    private static func extensions(
        of request: CertificateSigningRequest
    ) throws(ProfileError) -> Certificate.Extensions {
        let found = try CertificateProfile.readable { try request.attributes.extensionRequest }
        guard let extensions = found?.extensions else { throw .noIdentity }
        guard request.attributes.count == 1,
            extensions.allSatisfy({ $0.oid == .X509ExtensionID.subjectAlternativeName })
        else { throw .foreignName }
        return extensions
    }

    /// Whether two requests are the same bytes.
    public static func == (one: CertificateRequest, other: CertificateRequest) -> Bool {
        one.der == other.der
    }
}

/// Why a request for a certificate is not taken. Whoever made it is at fault; no case repeats what it
/// says.
public enum CertificateRequestError: Error, Sendable, Equatable, CaseIterable {
    /// More than ``CertificateRequest/derBytesMax`` bytes, or not one PKCS#10 request in DER.
    case malformed
    /// The key is not ECDSA on P-256, or the signature not ECDSA with SHA-256.
    case key
    /// Not signed by its own key.
    case signature
    /// The subject is not `CN=<node>`, or there is not exactly one URI name
    /// `spiffe://<consortium>/node/<id>`.
    case identity
    /// A name of another kind, one in another spelling, none or too many, or an extension beside the
    /// names.
    case names
}
