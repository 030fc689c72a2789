import Foundation
import Membership
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("TLS files")
struct TLSMaterialTests {
    private static func load(
        _ files: TestPKIFiles, _ consortium: TestConsortium, key: URL? = nil
    ) throws -> TLSMaterial {
        try TLSMaterial(
            certificate: files.certificate.path, key: (key ?? files.key).path,
            roots: files.authority.path, identity: consortium.identity(TestConsortium.server))
    }

    @Test("good files load; the material shows nothing of the key")
    func good() async throws {
        try await TestConsortium.with { consortium in
            let material = try consortium.material(for: TestConsortium.server)
            #expect(material.identity.node.description == TestConsortium.server)
            #expect("\(material)" == "<TLS material>")
        }
    }

    @Test("a missing file is named")
    func missing() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            for file in [files.certificate, files.key, files.authority] {
                let aside = file.appendingPathExtension("aside")
                try FileManager.default.moveItem(at: file, to: aside)
                #expect(throws: TLSMaterialError.unreadable(path: file.path)) {
                    try Self.load(files, consortium)
                }
                try FileManager.default.moveItem(at: aside, to: file)
            }
        }
    }

    @Test(
        "a key that others may open is refused with what to do", arguments: [0o640, 0o604, 0o660])
    func openKey(_ mode: Int) async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: files.key.path)
            let expected = TLSMaterialError.keyOpenToOthers(
                path: files.key.path, mode: String(mode, radix: 8))
            #expect(throws: expected) { try Self.load(files, consortium) }
            #expect(expected.description.contains("chmod 600"))
        }
    }

    @Test("files without a certificate or key are refused")
    func noPEM() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            for text in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
                let other = try consortium.files(for: TestConsortium.server)
                try Data(text.utf8).write(to: other.certificate)
                #expect(throws: TLSMaterialError.noCertificate(path: other.certificate.path)) {
                    try Self.load(other, consortium)
                }
                try Data(text.utf8).write(to: other.key)
                #expect(throws: TLSMaterialError.noPrivateKey(path: other.key.path)) {
                    try Self.load(files, consortium, key: other.key)
                }
            }
        }
    }

    @Test("a file that is too large is not read")
    func tooLarge() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            try Data(count: PeerHTTPLimits.tlsFileBytesMax + 1).write(to: files.authority)
            #expect(throws: TLSMaterialError.tooLarge(path: files.authority.path)) {
                try Self.load(files, consortium)
            }
        }
    }

    @Test("a chain that is too long is refused")
    func longChain() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            let max = PeerHTTPLimits.chainCertificatesMax
            let one = try String(contentsOf: files.certificate, encoding: .utf8)
            try Data(String(repeating: one, count: max + 1).utf8).write(to: files.certificate)
            let expected = TLSMaterialError.tooManyCertificates(
                path: files.certificate.path, max: max)
            #expect(throws: expected) { try Self.load(files, consortium) }
        }
    }

    @Test("the key of another certificate is refused")
    func otherKey() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            let other = try consortium.files(for: TestConsortium.server)
            let expected = TLSMaterialError.keyMismatch(
                certificate: files.certificate.path, key: other.key.path)
            #expect(throws: expected) { try Self.load(files, consortium, key: other.key) }
        }
    }

    @Test("the certificate of another node is refused")
    func otherNode() async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.asker)
            let expected = TLSMaterialError.wrongNode(
                path: files.certificate.path, found: TestConsortium.asker)
            #expect(throws: expected) { try Self.load(files, consortium) }
        }
    }

    @Test(
        "a certificate outside the profile is refused",
        arguments: [TestPKI.Variant.noIdentity, .twoIdentities, .otherConsortium])
    func foreignProfile(_ variant: TestPKI.Variant) async throws {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server, variant)
            #expect {
                try Self.load(files, consortium)
            } throws: { error in
                if case TLSMaterialError.notANodeCertificate = error { true } else { false }
            }
        }
    }
}
