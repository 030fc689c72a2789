import Crypto
import Foundation
import TestSupport
import Testing
import X509

@testable import Membership

@Suite("Certificate profile")
struct CertificateProfileTests {
    private let pki: TestPKI

    init() throws {
        pki = try TestPKI(now: Date(timeIntervalSince1970: 1_793_000_000))
    }

    @Test("takes the certificate that the authority issues and reads it whole")
    func good() throws {
        let issued = try pki.certificate(for: "harbor", hosts: ["harbor.example", "::1"])
        let certificate = try CertificateProfile.certificate(
            fromDER: issued.der, consortium: pki.consortium)
        #expect(certificate.identity.spiffeURI == "spiffe://test.creditmesh/node/harbor")
        #expect(certificate.hosts.map(\.description) == ["harbor.example", "::1"])
        #expect(
            try CertificateProfile.identity(fromDER: issued.der, consortium: pki.consortium)
                == certificate.identity)
    }

    @Test("life is told to the second")
    func dates() throws {
        let issued = try pki.certificate(for: "harbor")
        let certificate = try CertificateProfile.certificate(
            fromDER: issued.der, consortium: pki.consortium)
        #expect(certificate.isValid(at: pki.now))
        #expect(certificate.isValid(at: certificate.notBefore))
        #expect(certificate.isValid(at: certificate.notAfter))
        #expect(!certificate.isValid(at: certificate.notBefore - 1))
        #expect(!certificate.isValid(at: certificate.notAfter + 1))
    }

    @Test(
        "refuses the variants that break the profile; the others are TLS's to refuse",
        arguments: [
            (.noIdentity, .noIdentity), (.twoIdentities, .severalIdentities),
            (.otherConsortium, .otherConsortium), (.expired, nil), (.notYetValid, nil),
            (.otherAuthority, nil),
        ] as [(TestPKI.Variant, ProfileError?)])
    func variants(variant: TestPKI.Variant, expected: ProfileError?) throws {
        let issued = try pki.certificate(for: "harbor", variant)
        #expect(fault(in: issued.der) == expected)
        let certificate = try? CertificateProfile.certificate(
            fromDER: issued.der, consortium: pki.consortium)
        if variant == .expired || variant == .notYetValid {
            #expect(certificate?.isValid(at: pki.now) == false)
        }
    }

    @Test("refuses every single deviation", arguments: OddLeaf.all)
    func deviations(leaf: OddLeaf) throws {
        #expect(fault(in: try leaf.der(now: pki.now)) == leaf.fault)
    }

    @Test("the deviations start from a certificate that fits")
    func baseline() throws {
        #expect(fault(in: try OddLeaf(nil).der(now: pki.now)) == nil)
    }

    @Test(
        "refuses every URI but spiffe://<consortium>/node/<id>",
        arguments: [
            "", "spiffe:", "spiffe://", "spiffe://test.creditmesh", "spiffe://test.creditmesh/",
            "spiffe://test.creditmesh/node", "spiffe://test.creditmesh/node/",
            "spiffe://test.creditmesh/node/harbor/", "spiffe://test.creditmesh/node/harbor/x",
            "spiffe://test.creditmesh/member/harbor", "spiffe://test.creditmesh//harbor",
            "spiffe://test.creditmesh/node/../node/harbor",
            "spiffe://test.creditmesh/node/har%62or", "spiffe://test.creditmesh/node/Harbor",
            "spiffe://Test.creditmesh/node/harbor", "SPIFFE://test.creditmesh/node/harbor",
            "https://test.creditmesh/node/harbor", "spiffe:/test.creditmesh/node/harbor",
            "spiffe://test.creditmesh:443/node/harbor", "spiffe://a@test.creditmesh/node/harbor",
            "spiffe://test.creditmesh/node/harbor?x", "spiffe://test.creditmesh/node/harbor#x",
            " spiffe://test.creditmesh/node/harbor", "spiffe://test.creditmesh/node/harbor\n",
            "spiffe://test.creditmesh/node/ab",
            "spiffe://test.creditmesh/node/" + String(repeating: "a", count: 41),
        ])
    func uris(uri: String) throws {
        #expect(NodeIdentity(spiffeURI: uri) == nil)
        #expect(fault(in: try OddLeaf(nil, uri: uri).der(now: pki.now)) == .identityFormat)
    }

    @Test("an identity and its URI say the same")
    func uriRoundTrip() throws {
        let identity = NodeIdentity(
            consortium: pki.consortium, node: try #require(NodeID("harbor")))
        #expect(NodeIdentity(spiffeURI: identity.spiffeURI) == identity)
    }

    @Test("refuses what is not one certificate in DER")
    func malformed() throws {
        let der = try pki.certificate(for: "harbor").der
        #expect(fault(in: []) == .malformed)
        #expect(fault(in: [0x30, 0x03, 0x02, 0x01, 0x05]) == .malformed)
        #expect(fault(in: der + [0]) == .malformed)
        #expect(fault(in: der + der) == .malformed)
        #expect(fault(in: der + [UInt8](repeating: 0, count: 16_384)) == .tooLarge)
        for count in stride(from: 1, to: der.count, by: 13) {
            #expect(fault(in: Array(der.prefix(count))) == .malformed)
        }
    }

    @Test("no single flipped byte makes it another node's")
    func flippedBytes() throws {
        let der = try pki.certificate(for: "harbor").der
        for index in der.indices {
            var flipped = der
            flipped[index] ^= 0x80
            let identity = try? CertificateProfile.identity(
                fromDER: flipped, consortium: pki.consortium)
            #expect(identity == nil || identity?.node.text == "harbor")
        }
    }

    private func fault(in der: [UInt8]) -> ProfileError? {
        do {
            _ = try CertificateProfile.identity(fromDER: der, consortium: pki.consortium)
            return nil
        } catch {
            return error
        }
    }
}
