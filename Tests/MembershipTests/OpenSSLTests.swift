import Foundation
import TestSupport
import Testing

@testable import Membership

@Suite(
    "Certificates through the eyes of OpenSSL",
    .enabled(if: OpenSSL.path != nil, "the openssl command is not on this machine"))
struct OpenSSLTests {
    private let now = Date(timeIntervalSince1970: 1_793_000_000)

    @Test(
        "openssl verify takes and refuses what TLS must",
        arguments: [
            (.good, true), (.expired, false), (.notYetValid, false), (.otherAuthority, false),
            // The chain of these is fine; that is why the profile exists.
            (.noIdentity, true), (.twoIdentities, true), (.otherConsortium, true),
        ] as [(TestPKI.Variant, Bool)])
    func verify(variant: TestPKI.Variant, isTaken: Bool) async throws {
        let pki = try TestPKI(now: now)
        try await TestPKI.withTemporaryFolder { folder in
            let files = try pki.write(
                pki.certificate(for: "harbor", variant), named: "harbor", into: folder)
            for purpose in ["sslserver", "sslclient"] {
                let result = try OpenSSL.run([
                    "verify", "-x509_strict", "-check_ss_sig", "-purpose", purpose,
                    "-attime", "1793000000", "-CAfile", files.authority.path,
                    files.certificate.path,
                ])
                #expect((result.status == 0) == isTaken, "\(purpose): \(result.output)")
            }
        }
    }

    @Test("the text has every line of certs/PROFILE.md")
    func text() async throws {
        let pki = try TestPKI(now: now)
        let issued = try pki.authority.issueNodeCertificate(
            for: NodeIdentity(consortium: pki.consortium, node: try #require(NodeID("harbor"))),
            hosts: ["harbor.example", "127.0.0.1"].compactMap { EndpointHost($0) },
            now: now)
        try await TestPKI.withTemporaryFolder { folder in
            let files = try pki.write(issued, named: "harbor", into: folder)
            let leaf = try OpenSSL.run(["x509", "-in", files.certificate.path, "-noout", "-text"])
            let root = try OpenSSL.run(["x509", "-in", files.authority.path, "-noout", "-text"])
            try Self.expect(leaf.output, hasLinesOf: "leaf")
            try Self.expect(root.output, hasLinesOf: "authority")
        }
    }

    @Test("the key file is the certificate's, and only its owner can read it")
    func keyFile() async throws {
        let pki = try TestPKI(now: now)
        try await TestPKI.withTemporaryFolder { folder in
            let files = try pki.write(
                pki.certificate(for: "harbor"), named: "harbor", into: folder)
            let fromKey = try OpenSSL.run(["pkey", "-in", files.key.path, "-pubout"])
            let fromCertificate = try OpenSSL.run([
                "x509", "-in", files.certificate.path, "-noout", "-pubkey",
            ])
            #expect(fromKey.status == 0)
            #expect(fromKey.output == fromCertificate.output)
            let attributes = try FileManager.default.attributesOfItem(atPath: files.key.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    /// The lines of the code block ```` ```text <name> ```` of certs/PROFILE.md must stand in
    /// `text` in their order.
    private static func expect(_ text: String, hasLinesOf name: String) throws {
        let lines = try profile().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "```text \(name)"))
        let wanted = lines[(start + 1)...].prefix { $0 != "```" }
        #expect(!wanted.isEmpty)
        // OpenSSL 3.2 and later write CN=harbor for CN = harbor.
        var rest = text.replacing(" = ", with: "=").split(separator: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }[...]
        for line in wanted {
            guard let index = rest.firstIndex(of: String(line)) else {
                Issue.record("no line \(line) in its place in\n\(text)")
                return
            }
            rest = rest[(index + 1)...]
        }
    }

    private static func profile() throws -> String {
        let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        return try String(
            contentsOf: tests.appendingPathComponent("../../certs/PROFILE.md"), encoding: .utf8)
    }
}

/// The machine's own openssl command.
enum OpenSSL {
    static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first(where: FileManager.default.isExecutableFile)

    /// Runs the command to its end; output holds what it wrote to both streams.
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
