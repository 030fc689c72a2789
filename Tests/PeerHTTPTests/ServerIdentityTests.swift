import Membership
import NIOSSL
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("Peer server: who may call")
struct ServerIdentityTests {
    private static let anyRequest = "GET /v1/node HTTP/1.1"

    @Test("a node of the directory is answered")
    func goodNode() async throws {
        try await RunningServer.with { server in
            let response = try await server.request(Self.anyRequest)
            #expect(response.status == 200)
        }
    }

    @Test("without a client certificate there is no connection")
    func noCertificate() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect(server.consortium.anonymousTLS())
            await #expect(throws: (any Error).self) {
                try await connection.exchange(Self.anyRequest)
            }
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test(
        "a certificate that does not verify gets no connection",
        arguments: [TestPKI.Variant.otherAuthority, .expired, .notYetValid])
    func unverifiedCertificate(_ variant: TestPKI.Variant) async throws {
        try await RunningServer.with { server in
            let tls = try server.consortium.clientTLS(for: TestConsortium.asker, variant)
            let connection = try await server.connect(tls)
            await #expect(throws: (any Error).self) {
                try await connection.exchange(Self.anyRequest)
            }
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("TLS 1.2 gets no connection")
    func oldTLS() async throws {
        try await RunningServer.with { server in
            var tls = try server.consortium.clientTLS()
            tls.maximumTLSVersion = .tlsv12
            let connection = try await server.connect(tls)
            await #expect(throws: (any Error).self) {
                try await connection.exchange(Self.anyRequest)
            }
        }
    }

    @Test(
        "a certificate outside the profile is no node, and the connection ends",
        arguments: [TestPKI.Variant.noIdentity, .twoIdentities, .otherConsortium])
    func foreignProfile(_ variant: TestPKI.Variant) async throws {
        try await RunningServer.with { server in
            let tls = try server.consortium.clientTLS(for: TestConsortium.asker, variant)
            let connection = try await server.connect(tls)
            let response = try await connection.exchange(Self.anyRequest)
            #expect(response.status == 403)
            #expect(try response.problemCode() == "unknown-node")
            await connection.waitForClose()
        }
    }

    @Test("a node that the directory does not list is unknown, whatever it asks for")
    func unlistedNode() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect(
                server.consortium.clientTLS(for: "stranger-node"))
            for target in ["GET /v1/node", "GET /nowhere", "DELETE /v1/queries"] {
                let response = try await connection.exchange("\(target) HTTP/1.1")
                #expect(response.status == 403)
                #expect(try response.problemCode() == "unknown-node")
            }
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test(
        "a node that is suspended between two requests gets no second answer",
        arguments: [NodeEntry.Status.suspended, .withdrawn])
    func suspendedOnOpenConnection(_ status: NodeEntry.Status) async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            #expect(try await connection.exchange(Self.anyRequest).status == 200)

            try server.list(asker: status)
            for path in ["/v1/node", "/v1/manifest"] {
                let response = try await connection.exchange("GET \(path) HTTP/1.1")
                #expect(response.status == 403)
                #expect(try response.problemCode() == "suspended")
            }
            let elsewhere = try await connection.exchange("GET /v1/nowhere HTTP/1.1")
            #expect(try elsewhere.problemCode() == "not-found", "the route is judged first")
            let otherMethod = try await connection.exchange("PUT /v1/node HTTP/1.1")
            #expect(try otherMethod.problemCode() == "method", "the method is judged first")

            try server.list(asker: .active)
            #expect(try await connection.exchange(Self.anyRequest).status == 200)
            #expect(await server.service.calls == ["node", "node"])
        }
    }

    @Test("a node that leaves the directory is unknown at its next request")
    func removedOnOpenConnection() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            #expect(try await connection.exchange(Self.anyRequest).status == 200)
            try server.list(asker: nil)
            let response = try await connection.exchange(Self.anyRequest)
            #expect(try response.problemCode() == "unknown-node")
        }
    }

    @Test("a certificate that expires on an open connection is refused, and the connection ends")
    func expiryOnOpenConnection() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            #expect(try await connection.exchange(Self.anyRequest).status == 200)
            server.clock.advance(bySeconds: 25 * 3600)
            let response = try await connection.exchange(Self.anyRequest)
            #expect(response.status == 403)
            #expect(try response.problemCode() == "unknown-node")
            #expect(response.fields["connection"] == "close")
            await connection.waitForClose()
            #expect(await server.service.calls == ["node"])
        }
    }
}
