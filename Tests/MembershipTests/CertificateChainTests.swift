import Foundation
import SwiftASN1
import TestSupport
import Testing

@testable import Membership

@Suite("Certificate chain")
struct CertificateChainTests {
    private static func check(
        _ issued: IssuedCertificate, _ pki: TestPKI, at now: Date? = nil
    ) throws {
        try CertificateChain.check([issued.der], roots: [root(pki)], at: now ?? pki.now)
    }

    private static func root(_ pki: TestPKI) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(pki.authority.certificate)
        return serializer.serializedBytes
    }

    @Test("a node's certificate under its consortium's root is taken")
    func good() throws {
        let pki = try TestPKI(now: Date())
        try Self.check(pki.certificate(for: "harbor-node"), pki)
    }

    @Test("one of another authority, or outside its life, is refused")
    func refused() throws {
        let pki = try TestPKI(now: Date())
        for (variant, fault) in [
            (TestPKI.Variant.otherAuthority, ChainError.untrusted), (.expired, .expired),
            (.notYetValid, .notYetValid),
        ] {
            let issued = try pki.certificate(for: "harbor-node", variant)
            #expect(throws: fault) { try Self.check(issued, pki) }
        }
    }

    @Test("a root of the same name with another key did not issue it")
    func sameName() throws {
        let pki = try TestPKI(now: Date())
        let other = try TestPKI(now: Date())
        let issued = try other.certificate(for: "harbor-node")
        #expect(throws: ChainError.untrusted) { try Self.check(issued, pki) }
    }

    @Test("a root that has expired makes nothing valid, and a leaf is no root")
    func roots() throws {
        let pki = try TestPKI(now: Date())
        let old = try CertificateAuthority.create(
            commonName: "Old", now: pki.now - 7_200, life: .seconds(3_600 + 60))
        let identity = NodeIdentity(
            consortium: pki.consortium, node: try #require(NodeID("harbor-node")))
        let leaf = try old.issue(
            LeafTemplate(
                identity: identity, hosts: [try #require(EndpointHost("localhost"))],
                notBefore: pki.now - 60, notAfter: pki.now + 3_600), key: .init())
        var serializer = DER.Serializer()
        try serializer.serialize(old.certificate)
        #expect(throws: ChainError.expired) {
            try CertificateChain.check([leaf.der], roots: [serializer.serializedBytes], at: pki.now)
        }
        let node = try pki.certificate(for: "harbor-node")
        #expect(throws: ChainError.untrusted) {
            try CertificateChain.check([node.der], roots: [node.der], at: pki.now)
        }
        #expect(throws: ChainError.malformed) {
            try CertificateChain.check([[1, 2, 3]], roots: [], at: pki.now)
        }
        #expect(throws: ChainError.untrusted) {
            try CertificateChain.check([], roots: [Self.root(pki)], at: pki.now)
        }
    }
}
