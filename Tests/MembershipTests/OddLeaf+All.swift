import Crypto
import SwiftASN1
import X509

@testable import Membership

extension OddLeaf {
    static let all = keys + usages + subjects

    private static let keys = [
        OddLeaf(
            .key, "P-384 key",
            subjectKey: Certificate.PublicKey(P384.Signing.PrivateKey().publicKey)),
        OddLeaf(
            .key, "Ed25519 key",
            subjectKey: Certificate.PublicKey(Curve25519.Signing.PrivateKey().publicKey)),
        OddLeaf(
            .signatureAlgorithm, "signed with P-384",
            issuerKey: Certificate.PrivateKey(P384.Signing.PrivateKey())),
        OddLeaf(
            .signatureAlgorithm, "signed with Ed25519",
            issuerKey: Certificate.PrivateKey(Curve25519.Signing.PrivateKey())),
        OddLeaf(.life, "a second over 30 days", life: 30 * 86_400 + 1),
        OddLeaf(.life, "no life", life: 0),
        OddLeaf(.life, "ends before it begins", life: -60),
    ]

    private static let usages = [
        OddLeaf(
            .notALeaf, "no basic constraints",
            extensions: OddExtension.good(replacing: 0, with: nil)),
        OddLeaf(
            .notALeaf, "an authority",
            extensions: OddExtension.good(replacing: 0, with: .authority)),
        OddLeaf(
            .keyUsage, "no key usage", extensions: OddExtension.good(replacing: 1, with: nil)),
        OddLeaf(
            .keyUsage, "signs certificates",
            extensions: OddExtension.good(
                replacing: 1, with: .usage(KeyUsage(digitalSignature: true, keyCertSign: true)))),
        OddLeaf(
            .malformed, "key usage unreadable",
            extensions: OddExtension.good(replacing: 1, with: .unreadableUsage)),
        OddLeaf(
            .extendedKeyUsage, "no extended key usage",
            extensions: OddExtension.good(replacing: 2, with: nil)),
        OddLeaf(
            .extendedKeyUsage, "server only",
            extensions: OddExtension.good(replacing: 2, with: .extendedUsage([.serverAuth]))),
        OddLeaf(
            .extendedKeyUsage, "client only",
            extensions: OddExtension.good(replacing: 2, with: .extendedUsage([.clientAuth]))),
        OddLeaf(
            .extendedKeyUsage, "any usage",
            extensions: OddExtension.good(replacing: 2, with: .extendedUsage([.any]))),
        OddLeaf(
            .extendedKeyUsage, "code signing too",
            extensions: OddExtension.good(
                replacing: 2, with: .extendedUsage([.serverAuth, .clientAuth, .codeSigning]))),
        OddLeaf(
            .unknownCriticalExtension, "unknown critical extension",
            extensions: OddExtension.good + [.unknown(critical: true)]),
        OddLeaf(
            nil, "unknown extension that is not critical",
            extensions: OddExtension.good + [.unknown(critical: false)]),
    ]

    private static let subjects = [
        OddLeaf(.hosts, "no host", names: []),
        OddLeaf(.hosts, "wildcard", names: [.dnsName("*.example")]),
        OddLeaf(.hosts, "upper case", names: [.dnsName("Harbor.example")]),
        OddLeaf(.hosts, "address as a DNS name", names: [.dnsName("127.0.0.1")]),
        OddLeaf(
            .hosts, "address of five bytes",
            names: [.ipAddress(ASN1OctetString(contentBytes: [1, 2, 3, 4, 5]))]),
        OddLeaf(
            .hosts, "one host too many",
            names: (0...CertificateProfile.hostsMax).map { .dnsName("h\($0).example") }),
        OddLeaf(
            nil, "as many hosts as allowed",
            names: (0..<CertificateProfile.hostsMax).map { .dnsName("h\($0).example") }),
        OddLeaf(
            .foreignName, "mail address",
            names: [.dnsName("harbor.example"), .rfc822Name("a@harbor.example")]),
        OddLeaf(
            .severalIdentities, "the same URI twice",
            names: [
                .dnsName("harbor.example"),
                .uniformResourceIdentifier("spiffe://test.creditmesh/node/harbor"),
            ]),
        OddLeaf(
            .otherConsortium, "another consortium",
            uri: "spiffe://test.creditmesh.other/node/harbor"),
    ]
}
