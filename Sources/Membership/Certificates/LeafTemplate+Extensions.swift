import Crypto
import SwiftASN1
import X509

extension LeafTemplate {
    /// The extensions in the order of certs/PROFILE.md.
    func extensions(
        key: P256.Signing.PublicKey, authority: Certificate.PublicKey
    ) throws -> Certificate.Extensions {
        try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage(isClient ? [.serverAuth, .clientAuth] : [.serverAuth])
            SubjectAlternativeNames(subjectAlternativeNames)
            SubjectKeyIdentifier(hash: Certificate.PublicKey(key))
            AuthorityKeyIdentifier(
                keyIdentifier: SubjectKeyIdentifier(hash: authority).keyIdentifier)
        }
    }

    private var subjectAlternativeNames: [GeneralName] { Self.names(uris: uris, hosts: hosts) }

    /// Names as certificates and requests carry them.
    static func names(uris: [String], hosts: [EndpointHost]) -> [GeneralName] {
        uris.map { .uniformResourceIdentifier($0) }
            + hosts.map { host in
                switch host {
                case .name(let name): .dnsName(name)
                case .address(let address):
                    .ipAddress(ASN1OctetString(contentBytes: address.bytes[...]))
                }
            }
    }
}
