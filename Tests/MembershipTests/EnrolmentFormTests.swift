import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Membership

@Suite("Forms of an enrolment")
struct EnrolmentFormTests {
    @Test("a token is one line that says the same again, and shows itself to no log")
    func token() throws {
        let token = try sample()
        #expect(InvitationToken(token.text) == token)
        #expect(InvitationToken(" \(token.text)\n") == token)
        #expect(!token.text.contains { $0.isWhitespace })
        #expect("\(token)" == "InvitationToken(redacted)")
        #expect(String(reflecting: token) == "InvitationToken(redacted)")
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(token.password))
        #expect(
            InvitationToken.digest(ofPassword: token.password)
                == Array(SHA256.hash(data: token.secret)))
    }

    @Test("what is no token is none")
    func badTokens() throws {
        let text = try sample().text
        let body = text.dropFirst(InvitationToken.prefix.count)
        let bad = [
            "", String(body), String(text.dropLast()), text + "A", "x" + text,
            text.replacing("-1.", with: "-2."),
            InvitationToken.prefix + String(repeating: "A", count: 5_000),
        ]
        for text in bad { #expect(InvitationToken(text) == nil) }
    }

    @Test("a request for a certificate says what it was made with")
    func request() throws {
        let key = P256.Signing.PrivateKey()
        let hosts = try ["birch.example", "127.0.0.1", "::1"].map {
            try #require(EndpointHost($0))
        }
        let request = try CertificateRequest.make(for: identity(), hosts: hosts, key: key)
        #expect(request.hosts == hosts)
        #expect(request.identity == (try identity()))
        #expect(try CertificateRequest(der: request.der) == request)
    }

    @Test("requests that ask for more, or otherwise, are refused by the rule that they break")
    func badRequests() throws {
        let names: [GeneralName] = [
            .uniformResourceIdentifier("spiffe://test.creditmesh/node/birch-node"),
            .dnsName("birch.example"),
        ]
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let cases: [([UInt8], CertificateRequestError)] = [
            (
                try der(names, key: Certificate.PrivateKey(P384.Signing.PrivateKey())), .key
            ),
            (
                try der(names, key: Certificate.PrivateKey(Curve25519.Signing.PrivateKey())), .key
            ),
            (try der(names, key: key, subject: "cedar-node"), .identity),
            (try der(Array(names.dropFirst()), key: key), .identity),
            (try der(names + [names[0]], key: key), .identity),
            (
                try der(
                    [.uniformResourceIdentifier("spiffe://test.creditmesh/birch-node")]
                        + names.dropFirst(), key: key), .identity
            ),
            (try der([names[0]], key: key), .names),
            (try der(names + [.rfc822Name("a@birch.example")], key: key), .names),
            (try der(names + [.dnsName("*.birch.example")], key: key), .names),
            (try der(names, key: key, isAuthority: true), .names),
            (try der(nil, key: key), .identity),
        ]
        for (der, error) in cases {
            #expect(throws: error) { try CertificateRequest(der: der) }
        }
        let good = try der(names, key: key)
        #expect(throws: CertificateRequestError.malformed) {
            try CertificateRequest(der: good + [0])
        }
        _ = try CertificateRequest(der: good)
    }

    @Test("certificates in a bundle come out again; what is no bundle has none")
    func bundle() throws {
        let authority = try CertificateAuthority.create(
            commonName: "root", now: Date(timeIntervalSince1970: 1_795_000_000),
            life: .seconds(86_400))
        let der = try authority.der
        let bundle = try CertificateBundle.encoded([der])
        #expect(CertificateBundle.certificates(in: bundle) == [der])
        #expect(AuthorityCertificate(der: der)?.pem == authority.certificatePEM)
        for bad in [[], der, Array(bundle.dropLast()), bundle + [0]] {
            #expect(CertificateBundle.certificates(in: bad) == nil)
        }
    }

    @Test("a service's certificate serves its hosts and is no node's")
    func service() throws {
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        let authority = try CertificateAuthority.create(
            commonName: "root", now: now, life: CertificateAuthority.lifeMax)
        let issued = try authority.issueServiceCertificate(
            hosts: [try #require(EndpointHost("authority.example"))], now: now)
        #expect(throws: ProfileError.extendedKeyUsage) {
            try CertificateProfile.identity(
                fromDER: issued.der, consortium: identity().consortium)
        }
        #expect(AuthorityCertificate(der: issued.der) == nil)
        let root = try #require(AuthorityCertificate(der: authority.der))
        #expect(root.hasIssued(issued.der))
        let other = try CertificateAuthority.create(
            commonName: "root", now: now, life: CertificateAuthority.lifeMax)
        #expect(try AuthorityCertificate(der: other.der)?.hasIssued(issued.der) == false)
    }

    @Test("an invitation that names an id twice, or supervision by a lender, is none")
    func invitations() throws {
        let consortium = try #require(ConsortiumID("test.creditmesh"))
        let node = try #require(NodeID("birch-node"))
        let endpoint = try #require(Endpoint("https://birch.example"))
        let birch = try #require(MemberID("birch"))
        let make = { (members: [InvitedMember]) throws(EnrolmentRefusal) in
            try Invitation(
                consortium: consortium, node: node, operatorName: "Birch", endpoint: endpoint,
                members: members)
        }
        let member = InvitedMember(id: birch, legalName: "Birch Ltd")
        let whole = try make([member])
        #expect(try Invitation(json: whole.json) == whole)
        let begins = InvitedMember(id: birch, legalName: "Birch Ltd", status: .trial)
        let onTrial = try make([begins])
        #expect(try Invitation(json: onTrial.json) == onTrial && onTrial != whole)
        let bad = [
            [], [member, member], [InvitedMember(id: birch, legalName: " ")],
            [InvitedMember(id: birch, legalName: "Birch", supervises: [birch])],
            [InvitedMember(id: try #require(MemberID("birch-node")), legalName: "Birch")],
            [InvitedMember(id: birch, legalName: "Birch", status: .suspended)],
            [InvitedMember(id: birch, legalName: "Birch", role: .regulator, status: .trial)],
        ]
        for members in bad { #expect(throws: EnrolmentRefusal.self) { try make(members) } }
    }

    private func identity() throws -> NodeIdentity {
        NodeIdentity(
            consortium: try #require(ConsortiumID("test.creditmesh")),
            node: try #require(NodeID("birch-node")))
    }

    private func sample() throws -> InvitationToken {
        InvitationToken(
            consortium: try identity().consortium, node: try identity().node,
            authority: try #require(Endpoint("https://authority.example")),
            root: Array(1...32), certificate: Array(2...33), secret: Array(3...34))
    }

    private func der(
        _ names: [GeneralName]?, key: Certificate.PrivateKey, subject: String = "birch-node",
        isAuthority: Bool = false
    ) throws -> [UInt8] {
        let extensions = try Certificate.Extensions {
            SubjectAlternativeNames(names ?? [])
            if isAuthority { BasicConstraints.isCertificateAuthority(maxPathLength: nil) }
        }
        let attributes =
            try names == nil
            ? []
            : [CertificateSigningRequest.Attribute(ExtensionRequest(extensions: extensions))]
        let request = try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName { CommonName(subject) }, privateKey: key,
            attributes: CertificateSigningRequest.Attributes(attributes))
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        return serializer.serializedBytes
    }
}
