import Exchange
import Foundation
import Membership
import NIOSSL
import TestSupport
import Testing

@testable import PeerHTTP

/// Two nodes with certificates in a temporary folder: `harbor-node`, which serves in these tests,
/// and `lakeside-node`, which asks.
struct TestConsortium: Sendable {
    static let server = "harbor-node"
    static let asker = "lakeside-node"

    let pki: TestPKI
    let folder: URL
    /// The time of all nodes.
    let clock = ManualClock()

    /// Runs `body` with a consortium whose files are removed afterwards.
    static func with<Result>(_ body: (TestConsortium) async throws -> Result) async throws -> Result
    {
        try await TestPKI.withTemporaryFolder { folder in
            try await body(TestConsortium(pki: TestPKI(now: Date()), folder: folder))
        }
    }

    func identity(_ node: String) throws -> NodeIdentity {
        NodeIdentity(consortium: pki.consortium, node: try #require(NodeID(node)))
    }

    /// The files of a node's certificate; each call mints a new one.
    func files(
        for node: String, _ variant: TestPKI.Variant = .good,
        hosts: [String] = ["localhost", "127.0.0.1", "::1"]
    ) throws -> TestPKIFiles {
        let issued = try pki.certificate(for: node, variant, hosts: hosts)
        return try pki.write(issued, named: "\(node)-\(UUID().uuidString)", into: folder)
    }

    /// What a node loads at its start.
    func material(
        for node: String, _ variant: TestPKI.Variant = .good,
        hosts: [String] = ["localhost", "127.0.0.1", "::1"]
    ) throws -> TLSMaterial {
        let files = try files(for: node, variant, hosts: hosts)
        return try TLSMaterial(
            certificate: files.certificate.path, key: files.key.path, roots: files.authority.path,
            identity: identity(node))
    }

    /// A client's TLS with a certificate of any kind, without the checks of `TLSMaterial`.
    func clientTLS(
        for node: String = asker, _ variant: TestPKI.Variant = .good
    ) throws -> TLSConfiguration {
        let files = try files(for: node, variant)
        var tls = try anonymousTLS()
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificate.path)
        tls.certificateChain = chain.map { .certificate($0) }
        tls.privateKey = .privateKey(
            try NIOSSLPrivateKey(file: files.key.path, format: .pem))
        return tls
    }

    /// A client's TLS without a certificate.
    func anonymousTLS() throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(pki.authority.certificatePEM.utf8)))
        return tls
    }

    /// A directory of both nodes, the asker in a given status or not listed, the server at a port.
    func directory(
        asker status: NodeEntry.Status? = .active, port: Int = 4433
    ) throws -> Directory {
        let nodes = try [
            entry(Self.server, port: port),
            status.map { try entry(Self.asker, port: port + 1, status: $0) },
        ].compactMap(\.self)
        let members = [
            ("harbor", Self.server), ("watchdog", Self.server), ("lakeside", Self.asker),
            ("reed", Self.asker),
        ]
        return try Directory(
            version: 1, consortium: pki.consortium,
            charter: Charter(
                name: "Test", standard: "cn-2023@1", schemes: [.init(name: "cn-rid")],
                purposes: ["loan-approval"]),
            nodes: nodes,
            members: members.filter { _, node in nodes.contains { $0.id.text == node } }
                .map { id, node in
                    let isRegulator = id == "watchdog"
                    return MemberEntry(
                        id: try #require(MemberID(id)), legalName: "\(id) (invented)",
                        node: try #require(NodeID(node)),
                        role: isRegulator ? .regulator : .lender,
                        requestKeys: [try TestKeys.entry(id)],
                        denialKey: isRegulator ? try TestDenials.listed(pki.consortium) : nil)
                })
    }

    /// A directory's entry for a node on loopback.
    func entry(
        _ node: String, host: String = "127.0.0.1", port: Int, status: NodeEntry.Status = .active
    ) throws -> NodeEntry {
        let host = try #require(EndpointHost(host))
        return NodeEntry(
            id: try #require(NodeID(node)), operatorName: "\(node) (invented)",
            endpoint: try #require(Endpoint(host: host, port: port)), status: status,
            answerKeys: [try TestKeys.entry(node)])
    }
}
