import Crypto
import Foundation
import TestSupport
import Testing

@testable import Membership

@Suite("Certificate authority")
struct CertificateAuthorityTests {
    private let now = Date(timeIntervalSince1970: 1_793_000_000.75)
    private let authority: CertificateAuthority
    private let identity: NodeIdentity
    private let hosts: [EndpointHost]

    init() throws {
        authority = try .create(commonName: "Authority", now: now, life: .days(365))
        identity = NodeIdentity(
            consortium: try #require(ConsortiumID("test.creditmesh")),
            node: try #require(NodeID("harbor")))
        hosts = try ["harbor.example", "127.0.0.1"].map { try #require(EndpointHost($0)) }
    }

    @Test("what it issues fits the profile, with the longest life unless told")
    func issues() throws {
        let issued = try authority.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        let certificate = try CertificateProfile.certificate(
            fromDER: issued.der, consortium: identity.consortium)
        #expect(certificate.identity == identity)
        #expect(certificate.hosts == hosts)
        #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_793_000_000 - 60))
        #expect(certificate.notAfter == certificate.notBefore + 30 * 86_400)
        #expect(certificate.isValid(at: now - 59))
    }

    @Test("its PEM says the same as its DER, and the key is PKCS#8")
    func pem() throws {
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueNodeCertificate(
            for: identity, key: key, hosts: hosts, now: now, life: .days(1))
        let body = issued.certificatePEM.split(separator: "\n").dropFirst().dropLast().joined()
        #expect(Data(base64Encoded: body) == Data(issued.der))
        #expect(issued.certificatePEM.hasSuffix("-----END CERTIFICATE-----\n"))
        #expect(issued.privateKeyPEM.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(issued.privateKeyPEM.hasSuffix("-----END PRIVATE KEY-----\n"))
        #expect(
            try P256.Signing.PrivateKey(pemRepresentation: issued.privateKeyPEM).rawRepresentation
                == key.rawRepresentation)
    }

    @Test("loaded from its files it goes on issuing under the same name")
    func reload() throws {
        let copy = try CertificateAuthority(
            certificatePEM: authority.certificatePEM, privateKeyPEM: authority.privateKeyPEM)
        #expect(copy.certificatePEM == authority.certificatePEM)
        #expect(copy.notAfter == authority.notAfter)
        let issued = try copy.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        #expect(
            try CertificateProfile.identity(
                fromDER: issued.der, consortium: identity.consortium) == identity)
    }

    @Test("refuses files that are no authority's")
    func badFiles() throws {
        let other = try CertificateAuthority.create(
            commonName: "Authority", now: now, life: .days(1))
        let leaf = try authority.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        func fault(_ certificate: String, _ key: String) -> IssuingError? {
            do {
                _ = try CertificateAuthority(certificatePEM: certificate, privateKeyPEM: key)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault("", authority.privateKeyPEM) == .authorityCertificate)
        #expect(fault(authority.privateKeyPEM, authority.privateKeyPEM) == .authorityCertificate)
        #expect(fault(authority.certificatePEM, "") == .authorityKey)
        #expect(
            fault(authority.certificatePEM, P384.Signing.PrivateKey().pemRepresentation)
                == .authorityKey)
        #expect(fault(authority.certificatePEM, other.privateKeyPEM) == .keyMismatch)
        #expect(fault(leaf.certificatePEM, leaf.privateKeyPEM) == .notAnAuthority)
    }

    @Test("refuses names and lives outside the limits")
    func badAuthority() throws {
        func fault(_ name: String, _ life: Duration) -> IssuingError? {
            do {
                _ = try CertificateAuthority.create(commonName: name, now: now, life: life)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault("", .days(1)) == .commonName)
        #expect(fault(String(repeating: "a", count: 65), .days(1)) == .commonName)
        #expect(fault(String(repeating: "a", count: 64), .days(1)) == nil)
        #expect(fault("A", .zero) == .life)
        #expect(fault("A", .seconds(-1)) == .life)
        #expect(fault("A", .milliseconds(1_500)) == .life)
        #expect(fault("A", CertificateAuthority.lifeMax) == nil)
        #expect(fault("A", CertificateAuthority.lifeMax + .seconds(1)) == .life)
    }

    @Test("refuses hosts and lives outside the profile, and to be outlived")
    func badLeaf() throws {
        func fault(
            by authority: CertificateAuthority, hosts: [EndpointHost], life: Duration = .days(1)
        ) -> IssuingError? {
            do {
                _ = try authority.issueNodeCertificate(
                    for: identity, hosts: hosts, now: now, life: life)
                return nil
            } catch {
                return error
            }
        }
        let tooMany = (0...CertificateProfile.hostsMax).compactMap {
            EndpointHost("h\($0).example")
        }
        #expect(fault(by: authority, hosts: []) == .hosts)
        #expect(fault(by: authority, hosts: tooMany) == .hosts)
        #expect(fault(by: authority, hosts: Array(tooMany.dropLast())) == nil)
        #expect(fault(by: authority, hosts: hosts, life: .zero) == .life)
        #expect(fault(by: authority, hosts: hosts, life: .days(30) + .seconds(1)) == .life)

        let short = try CertificateAuthority.create(commonName: "A", now: now, life: .days(2))
        #expect(fault(by: short, hosts: hosts, life: .days(2)) == nil)
        #expect(fault(by: short, hosts: hosts, life: .days(2) + .seconds(1)) == .outlivesAuthority)
    }

    @Test("two certificates never share key or serial number")
    func fresh() throws {
        let first = try authority.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        let second = try authority.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        #expect(first.privateKeyPEM != second.privateKeyPEM)
        let key = P256.Signing.PrivateKey()
        let third = try authority.issueNodeCertificate(
            for: identity, key: key, hosts: hosts, now: now)
        let fourth = try authority.issueNodeCertificate(
            for: identity, key: key, hosts: hosts, now: now)
        #expect(third.der != fourth.der)
    }

    @Test("no description shows a key")
    func redaction() throws {
        let issued = try authority.issueNodeCertificate(for: identity, hosts: hosts, now: now)
        var dumped = ""
        dump(issued, to: &dumped)
        dump(authority, to: &dumped)
        let shown = "\(issued) \(authority) \(String(reflecting: issued)) \(dumped)"
        #expect(!shown.contains("KEY"))
        #expect(!shown.contains("P256"))
        #expect(shown.contains("redacted"))
    }
}
