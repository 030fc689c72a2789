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
