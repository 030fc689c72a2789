import Exchange
import Foundation
import Logging
import Membership
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("TLS: a new certificate without a new start")
struct TLSReloadTests {
    @Test("new connections get the new certificate, open ones live on")
    func server() async throws {
        try await RunningServer.with { server in
            let open = try await server.connect()
            #expect(try await open.exchange("GET /v1/node HTTP/1.1").status == 200)
            let first = try await Self.shown(by: server)

            let next = try server.consortium.material(for: TestConsortium.server)
            server.tls.replace(by: next)
            let second = try await Self.shown(by: server)
            #expect(first != second)
            #expect(second == next.chain.first)
            #expect(try await open.exchange("GET /v1/node HTTP/1.1").status == 200)
            #expect(try await server.request("GET /v1/node HTTP/1.1").status == 200)
        }
    }

    @Test("an asker's requests rest on its new certificate, not on connections of the old one")
    func client() async throws {
        try await RunningServer.with { server in
            let consortium = server.consortium
            let tls = TLSInForce(try consortium.material(for: TestConsortium.asker))
            let client = PeerClient(
                tls: tls, signers: try TestKeys.signers(), directory: server.directory,
                clock: consortium.clock, logger: server.log.logger)
            _ = try await client.manifest(of: server.entry(), deadline: Self.soon)
            // One that lives longer than the first, which the server no longer takes then.
            tls.replace(by: try Self.longLived(consortium))
            consortium.clock.advance(
                bySeconds: Int64(consortium.pki.now.timeIntervalSince1970) + 25 * 3_600
                    - consortium.clock.now.secondsSinceEpoch)
            await #expect(throws: Never.self) {
                try await client.manifest(of: server.entry(), deadline: Self.soon)
            }
            await client.shutdown()
        }
    }

    @Test("other roots count for who connects and for who is dialled, from the next connection on")
    func roots() async throws {
        try await RunningServer.with { server in
            let authorities = try Authorities(server.consortium)
            let asker = TLSInForce(
                try authorities.material(
                    TestConsortium.asker, .init(by: .old, trusting: .old)))
            let client = PeerClient(
                tls: asker, signers: try TestKeys.signers(), directory: server.directory,
                clock: server.consortium.clock, logger: server.log.logger)
            let answers = {
                (try? await client.manifest(of: server.entry(), deadline: Self.soon)) != nil
            }
            let steps: [(Authorities.Sides, Authorities.Sides, Bool)] = [
                (.init(by: .old, trusting: .old), .init(by: .old, trusting: .old), true),
                (.init(by: .next, trusting: .both), .init(by: .old, trusting: .old), false),
                (.init(by: .next, trusting: .both), .init(by: .old, trusting: .both), true),
                (.init(by: .next, trusting: .next), .init(by: .old, trusting: .both), false),
                (.init(by: .next, trusting: .next), .init(by: .next, trusting: .next), true),
            ]
            for (index, step) in steps.enumerated() {
                server.tls.replace(by: try authorities.material(TestConsortium.server, step.0))
                asker.replace(by: try authorities.material(TestConsortium.asker, step.1))
                #expect(await answers() == step.2, "step \(index)")
            }
            await client.shutdown()
        }
    }

    private static var soon: ContinuousClock.Instant { .now + .seconds(60) }

    @Test("a call under way ends over the connection that it began on")
    func underWay() async throws {
        try await RunningServer.with { server in
            let tls = TLSInForce(try server.consortium.material(for: TestConsortium.asker))
            let client = PeerClient(
                tls: tls, signers: try TestKeys.signers(), directory: server.directory,
                clock: server.consortium.clock, logger: server.log.logger)
            let entry = try server.entry()
            let latch = Latch()
            await server.service.hold(at: latch)
            async let before = client.manifest(of: entry, deadline: Self.soon)
            await latch.arrival()
            tls.replace(by: try server.consortium.material(for: TestConsortium.asker))
            async let after = client.manifest(of: entry, deadline: Self.soon)
            try await server.waitForCalls(2)
            await latch.open()
            #expect(try await before.node == after.node)
            await client.shutdown()
        }
    }

    @Test("material that no peer would take is told apart")
    func trust() async throws {
        try await TestConsortium.with { consortium in
            let now = Timestamp(secondsSinceEpoch: Int64(consortium.pki.now.timeIntervalSince1970))
            try consortium.material(for: TestConsortium.server).checkTrust(at: now)
            for (variant, fault) in [
                (TestPKI.Variant.otherAuthority, ChainError.untrusted), (.expired, .expired),
                (.notYetValid, .notYetValid),
            ] {
                let material = try consortium.material(for: TestConsortium.server, variant)
                #expect {
                    try material.checkTrust(at: now)
                } throws: { error in
                    guard
                        case TLSMaterialError.notTrusted(_, let reason)? = error
                            as? TLSMaterialError
                    else { return false }
                    return reason == fault
                }
            }
        }
    }

    private static func longLived(_ consortium: TestConsortium) throws -> TLSMaterial {
        let issued = try consortium.pki.authority.issueNodeCertificate(
            for: consortium.identity(TestConsortium.asker),
            hosts: [try #require(EndpointHost("localhost"))], now: consortium.pki.now,
            life: .seconds(10 * 86_400))
        let files = try consortium.pki.write(issued, named: "long-lived", into: consortium.folder)
        return try TLSMaterial(
            certificate: files.certificate.path, key: files.key.path, roots: files.authority.path,
            identity: consortium.identity(TestConsortium.asker))
    }

    /// The certificate that a server shows at a new connection.
    private static func shown(by server: RunningServer) async throws -> NIOSSLCertificate? {
        let context = try NIOSSLContext(configuration: server.consortium.clientTLS())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: nil))
                }
            }
            .connect(host: "127.0.0.1", port: server.port).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET /v1/node HTTP/1.1\r\n"))
        let certificate = try await channel.nioSSL_peerCertificate().get()
        try await channel.close()
        return certificate
    }
}

/// The authority that a consortium leaves and the one that it takes.
private struct Authorities {
    enum Roots {
        case old
        case next
        case both
    }

    /// Who issued a node's certificate, and whom the node trusts.
    struct Sides {
        let by: Roots
        let trusting: Roots
    }

    private let consortium: TestConsortium
    private let next: CertificateAuthority

    init(_ consortium: TestConsortium) throws {
        self.consortium = consortium
        next = try .create(
            commonName: "Next authority", now: consortium.pki.now, life: .seconds(86_400 * 90))
    }

    /// Material with a new certificate.
    func material(_ node: String, _ sides: Sides) throws -> TLSMaterial {
        let issued = try (sides.by == .next ? next : consortium.pki.authority).issueNodeCertificate(
            for: consortium.identity(node),
            hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) },
            now: consortium.pki.now, life: .seconds(86_400))
        let files = try consortium.pki.write(
            issued, named: "\(node)-\(UUID().uuidString)", into: consortium.folder)
        let old = consortium.pki.authority.certificatePEM
        let trusted =
            switch sides.trusting {
            case .old: old
            case .next: next.certificatePEM
            case .both: old + next.certificatePEM
            }
        let roots = consortium.folder.appending(path: "roots-\(UUID().uuidString).crt")
        try Data(trusted.utf8).write(to: roots)
        return try TLSMaterial(
            certificate: files.certificate.path, key: files.key.path, roots: roots.path,
            identity: consortium.identity(node))
    }
}
