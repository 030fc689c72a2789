import Exchange
import Membership
import Pseudonym
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("Peer client")
struct ClientTests {
    private static var soon: ContinuousClock.Instant { .now + .seconds(20) }

    @Test("asks a node everything that the port knows")
    func everything() async throws {
        try await RunningServer.with { server in
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry(TestConsortium.server, port: server.port)
                let request = try Messages.evaluation(elements: 2)
                let reply = try await asker.ask(
                    .evaluation(request), at: node, deadline: Self.soon)
                #expect(try EvaluationAnswer(json: reply.document()).elements.count == 2)

                let manifest = try await asker.manifest(of: node, deadline: Self.soon)
                let filter = try await asker.filter(
                    manifest.filters[0], of: node, deadline: Self.soon)
                #expect(filter == server.service.filterBytes)

                let result = try await asker.ask(
                    .query(Messages.query()), at: node, deadline: Self.soon)
                #expect(try QueryAnswer(json: result.document(), count: 1).results == [.none])
            }
        }
    }

    @Test("a refusal comes back as its code", arguments: ProblemCode.allCases)
    func refused(_ code: ProblemCode) async throws {
        try await RunningServer.with { server in
            await server.service.refuse(with: Problem(code, "no"))
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry(TestConsortium.server, port: server.port)
                await #expect(throws: PeerFailure.refused(code)) {
                    try await asker.manifest(of: node, deadline: Self.soon)
                }
            }
        }
    }

    @Test("a suspended asker learns that it is")
    func suspended() async throws {
        try await RunningServer.with { server in
            try server.list(asker: .suspended)
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry(TestConsortium.server, port: server.port)
                await #expect(throws: PeerFailure.refused(.suspended)) {
                    try await asker.ask(
                        .evaluation(Messages.evaluation()), at: node, deadline: Self.soon)
                }
            }
        }
    }

    @Test("another node at the address is not the one that was dialled")
    func otherNode() async throws {
        try await RunningServer.with { server in
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry("quay-node", port: server.port)
                for _ in 0..<3 {
                    await #expect(throws: PeerFailure.wrongIdentity) {
                        try await asker.manifest(of: node, deadline: Self.soon)
                    }
                }
                #expect(await server.service.calls.isEmpty, "no request went over it")
                let right = try server.consortium.entry(TestConsortium.server, port: server.port)
                _ = try await asker.manifest(of: right, deadline: Self.soon)
            }
        }
    }

    @Test("a certificate for another host is not trusted")
    func otherHost() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(
                for: TestConsortium.server, hosts: ["elsewhere.example"])
            try await Self.expect(.wrongIdentity, from: tls, .nothing, consortium)
        }
    }

    @Test("a certificate for the host's IP address is trusted at that address only")
    func ipAddress() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server, hosts: ["127.0.0.2"])
            try await Self.expect(.wrongIdentity, from: tls, .nothing, consortium)
        }
    }

    @Test("a server of another authority is not trusted")
    func otherAuthority() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server, .otherAuthority)
            try await Self.expect(.wrongIdentity, from: tls, .nothing, consortium)
        }
    }

    @Test("an expired server is not trusted")
    func expired() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server, .expired)
            try await Self.expect(.wrongIdentity, from: tls, .nothing, consortium)
        }
    }

    @Test("nobody listens")
    func unreachable() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server)
            let port = try await CannedServer.with(
                tls: tls.serverConfiguration, answer: .nothing
            ) { $0.port }
            try await Asker.with(consortium) { asker in
                let node = try consortium.entry(TestConsortium.server, port: port)
                await #expect(throws: PeerFailure.unreachable) {
                    try await asker.manifest(of: node, deadline: Self.soon)
                }
            }
        }
    }

    @Test("a node that hangs costs the deadline and no more", .timeLimit(.minutes(5)))
    func hanging() async throws {
        try await TestConsortium.with { consortium in
            try await Self.expect(
                .timedOut, answer: .nothing, consortium, within: .milliseconds(300))
        }
    }

    @Test(
        "a node that hangs in the middle of an answer costs the deadline and no more",
        .timeLimit(.minutes(5)))
    func hangingBody() async throws {
        try await TestConsortium.with { consortium in
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                + "content-length: 100\r\n\r\n{"
            try await Self.expect(
                .timedOut, answer: .bytes(Array(head.utf8)), consortium, within: .milliseconds(300))
        }
    }

    @Test("after its deadline a call does not even dial")
    func late() async throws {
        try await RunningServer.with { server in
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry(TestConsortium.server, port: server.port)
                await #expect(throws: PeerFailure.timedOut) {
                    try await asker.manifest(of: node, deadline: .now - .seconds(1))
                }
                #expect(await server.service.calls.isEmpty)
            }
        }
    }

    @Test("a cancelled call ends at once")
    func cancelled() async throws {
        try await RunningServer.with { server in
            let latch = Latch()
            await server.service.hold(at: latch)
            try await Asker.with(server.consortium) { asker in
                let node = try server.consortium.entry(TestConsortium.server, port: server.port)
                let call = Task { try await asker.manifest(of: node, deadline: Self.soon) }
                await latch.arrival()
                call.cancel()
                await #expect(throws: PeerFailure.timedOut) { try await call.value }
            }
            await latch.open()
        }
    }

    @Test("calls one after the other share a connection")
    func keepAlive() async throws {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server)
            let answer = CannedAnswer(
                status: 403, type: "application/problem+json", body: #"{"code":"role"}"#)
            try await CannedServer.with(
                tls: tls.serverConfiguration, answer: .message(answer)
            ) { server in
                try await Asker.with(consortium) { asker in
                    let node = try consortium.entry(TestConsortium.server, port: server.port)
                    for _ in 0..<5 {
                        await #expect(throws: PeerFailure.refused(.role)) {
                            try await asker.manifest(of: node, deadline: Self.soon)
                        }
                    }
                    #expect(server.connectionCount == 1)
                }
            }
        }
    }

    @Test("a call goes to the endpoint that the directory names now, and is checked anew")
    func moved() async throws {
        try await RunningServer.with { old in
            try await RunningServer.with { new in
                try await Asker.with(old.consortium) { asker in
                    let before = try old.consortium.entry(TestConsortium.server, port: old.port)
                    _ = try await asker.manifest(of: before, deadline: Self.soon)
                    let after = try old.consortium.entry(TestConsortium.server, port: new.port)
                    // The other server is of another consortium's authority.
                    await #expect(throws: PeerFailure.wrongIdentity) {
                        try await asker.manifest(of: after, deadline: Self.soon)
                    }
                    _ = try await asker.manifest(of: before, deadline: Self.soon)
                }
            }
        }
    }

    @Test("after its end a client asks nobody")
    func shutDown() async throws {
        try await RunningServer.with { server in
            let asker = PeerClient(
                tls: TLSInForce(
                    try server.consortium.material(for: TestConsortium.asker)),
                signers: try TestKeys.signers(), directory: server.directory,
                clock: server.clock, logger: server.log.logger)
            let node = try server.consortium.entry(TestConsortium.server, port: server.port)
            _ = try await asker.manifest(of: node, deadline: Self.soon)
            await asker.shutdown()
            await #expect(throws: PeerFailure.unreachable) {
                try await asker.manifest(of: node, deadline: Self.soon)
            }
        }
    }

    private static func expect(
        _ failure: PeerFailure, answer: CannedServer.Answer, _ consortium: TestConsortium,
        within time: Duration
    ) async throws {
        try await expect(
            failure, from: consortium.material(for: TestConsortium.server), answer, consortium,
            within: time)
    }

    private static func expect(
        _ failure: PeerFailure, from tls: TLSMaterial, _ answer: CannedServer.Answer,
        _ consortium: TestConsortium, within time: Duration = .seconds(20)
    ) async throws {
        try await CannedServer.with(tls: tls.serverConfiguration, answer: answer) { server in
            try await Asker.with(consortium) { asker in
                let node = try consortium.entry(TestConsortium.server, port: server.port)
                await #expect(throws: failure) {
                    try await asker.manifest(of: node, deadline: .now + time)
                }
            }
        }
    }

    static func answer(status: Int, type: String, _ body: String, fields: String = "") -> [UInt8] {
        Array(
            """
            HTTP/1.1 \(status) X\r
            content-type: \(type)\r
            content-length: \(body.utf8.count)\r
            \(fields)\r
            \(body)
            """.utf8)
    }
}
