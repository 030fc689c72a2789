import Testing

@testable import PeerHTTP

@Suite("Peer server: life of connections and server")
struct ServerLifeTests {
    @Test("a graceful stop delivers the answer that is under way and takes nothing new")
    func gracefulStop() async throws {
        try await RunningServer.with { server in
            let latch = Latch()
            await server.service.hold(at: latch)
            let busy = try await server.connect()
            let idle = try await server.connect()
            try await busy.sendRequest("GET /v1/manifest HTTP/1.1")
            await latch.arrival()

            await server.stop()
            await idle.waitForClose()
            await #expect(throws: (any Error).self) {
                try await server.connect().exchange("GET /v1/node HTTP/1.1")
            }
            await latch.open()
            #expect(try await busy.response().status == 200)
            await busy.waitForClose()
        }
    }

    @Test("a connection without requests ends after a while")
    func idle() async throws {
        try await RunningServer.with(configure: { $0.timeouts.idle = .milliseconds(100) }) {
            server in
            try await server.connect().waitForClose()
        }
    }

    @Test("a header that drips in byte by byte does not keep a connection")
    func slowHeader() async throws {
        try await RunningServer.with(configure: { $0.timeouts.idle = .milliseconds(200) }) {
            server in
            let connection = try await server.connect()
            await connection.send(Array("GET /v1/node HTTP/1.1\r\nhost: n".utf8))
            await connection.waitForClose()
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("a peer that does not take its answer loses the connection")
    func stalledReader() async throws {
        let bytes = [UInt8](repeating: 7, count: 32 << 20)
        let service = FakePeerService(filterBytes: bytes)
        let configure = { (configuration: inout PeerServerConfiguration) in
            configuration.timeouts.writeStall = .milliseconds(200)
        }
        try await RunningServer.with(service: service, configure: configure) { server in
            let connection = try await server.connect()
            #expect(try await connection.exchange("GET /v1/node HTTP/1.1").status == 200)
            try await connection.setReading(false)
            let path = PeerRoute.filter(.init(hashing: bytes)).path
            try await connection.sendRequest("GET \(path) HTTP/1.1")
            #expect(await server.log.line(containing: "slow reader") != nil)
            try await connection.setReading(true)
            #expect(await connection.remainingCount() < bytes.count)
        }
    }

    @Test("a handshake that does not come is waited for a bounded time")
    func slowHandshake() async throws {
        try await RunningServer.with(configure: { $0.timeouts.handshake = .milliseconds(100) }) {
            server in
            let connection = try await PlainConnection.open(port: server.port)
            await connection.waitForClose()
        }
    }
}
