import Exchange
import Testing

@testable import PeerHTTP

@Suite("Peer server: limits")
struct ServerLimitTests {
    private static let post =
        "POST /v1/evaluations HTTP/1.1\ncontent-type: application/json"
    private static let bytesMax = ExchangeLimits.requestBytesMax

    @Test("a body of the greatest size is read, one byte more is not")
    func greatestBody() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let spaces = [UInt8](repeating: 0x20, count: Self.bytesMax)
            let most = try await connection.exchange(Self.post, body: spaces)
            #expect(try most.problemCode() == "malformed-json", "read, and no JSON")
            let more = try await connection.exchange(Self.post, body: spaces + [0x20])
            #expect(more.status == 413)
            #expect(try more.problemCode() == "too-large")
            await connection.waitForClose()
        }
    }

    @Test("a declared length over the limit is refused before the body is sent")
    func declaredTooLarge() async throws {
        try await RunningServer.with { server in
            for length in ["\(Self.bytesMax + 1)", "9223372036854775807"] {
                let connection = try await server.connect()
                try await connection.sendRequest(Self.post + "\ncontent-length: \(length)")
                let response = try await connection.response()
                #expect(response.status == 413)
                #expect(try response.problemCode() == "too-large")
                #expect(response.fields["connection"] == "close")
                await connection.waitForClose()
            }
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("a body without a declared length is cut at the limit")
    func chunkedTooLarge() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            try await connection.sendRequest(Self.post + "\ntransfer-encoding: chunked")
            let chunk =
                Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x10000)
                + Array("\r\n".utf8)
            for _ in 0..<6 { await connection.send(chunk) }
            let response = try await connection.response()
            #expect(response.status == 413)
            #expect(try response.problemCode() == "too-large")
            await connection.waitForClose()
        }
    }

    @Test("a chunked body within the limit is read")
    func chunked() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let body = try Messages.evaluation().json.encoded
            try await connection.sendRequest(
                Self.post + "\ntransfer-encoding: chunked", signedBody: body)
            for byte in body { await connection.send(Array("1\r\n".utf8) + [byte, 13, 10]) }
            await connection.send(Array("0\r\n\r\n".utf8))
            #expect(try await connection.response().status == 200)
        }
    }

    @Test("a GET has no body")
    func bodyOfGet() async throws {
        try await RunningServer.with { server in
            let response = try await server.request("GET /v1/node HTTP/1.1", body: [0x20])
            #expect(try response.problemCode() == "too-large")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("a client that waits for permission to send its body gets it")
    func expectContinue() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let body = try Messages.evaluation().json.encoded
            try await connection.sendRequest(
                Self.post + "\nexpect: 100-continue\ncontent-length: \(body.count)",
                signedBody: body)
            #expect(try await connection.response().status == 100)
            await connection.send(body)
            #expect(try await connection.response().status == 200)
        }
    }

    @Test("a client that waits for permission to send too much does not get it")
    func expectTooLarge() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            try await connection.sendRequest(
                Self.post + "\nexpect: 100-continue\ncontent-length: \(Self.bytesMax + 1)")
            #expect(try await connection.response().status == 413)
        }
    }

    @Test("a body that does not come is waited for a bounded time")
    func slowBody() async throws {
        try await RunningServer.with(configure: { $0.timeouts.requestRead = .milliseconds(100) }) {
            server in
            let connection = try await server.connect()
            try await connection.sendRequest(Self.post + "\ncontent-length: 100")
            await connection.send([UInt8(ascii: "{")])
            let response = try await connection.response()
            #expect(response.status == 408)
            #expect(try response.problemCode() == "timeout")
            #expect(response.fields["connection"] == "close")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test(
        "a header that is too large is told so",
        arguments: [
            "x-filler: " + String(repeating: "a", count: PeerHTTPLimits.headerFieldBytesMax + 1),
            (0..<3).map { "x-\($0): " + String(repeating: "a", count: 8000) }.joined(
                separator: "\n"),
            (0...PeerHTTPLimits.headerFieldsMax).map { "x-\($0): a" }.joined(separator: "\n"),
        ])
    func largeHeader(_ fields: String) async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let response = try await connection.exchange("GET /v1/node HTTP/1.1\n" + fields)
            #expect(response.status == 431)
            #expect(try response.problemCode() == "headers-too-large")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("a target that is too long is told so")
    func longTarget() async throws {
        try await RunningServer.with { server in
            let path = "/" + String(repeating: "a", count: PeerHTTPLimits.headerFieldBytesMax + 1)
            let response = try await server.request("GET \(path) HTTP/1.1")
            #expect(try response.problemCode() == "headers-too-large")
        }
    }

    @Test(
        "what is not HTTP/1.1 is told so, and the connection ends",
        arguments: [
            "hello\r\n\r\n", "GET /v1/node HTTP/9.9\r\n\r\n",
            "POST /v1/queries HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{",
            "POST /v1/queries HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        ])
    func notHTTP(_ text: String) async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            await connection.send(Array(text.utf8))
            let response = try await connection.response()
            #expect(response.status == 400)
            #expect(try response.problemCode() == "bad-request")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("more requests at a time than the node works on are refused with a retry time")
    func overload() async throws {
        try await RunningServer.with(configure: { $0.requestsInFlightMax = 1 }) { server in
            let latch = Latch()
            await server.service.hold(at: latch)
            let first = try await server.connect()
            try await first.sendRequest("GET /v1/node HTTP/1.1")
            await latch.arrival()

            let second = try await server.connect()
            let refused = try await second.exchange("GET /v1/node HTTP/1.1")
            #expect(refused.status == 503)
            #expect(try refused.problemCode() == "overloaded")
            #expect(refused.fields["retry-after"] == "1")

            await latch.open()
            #expect(try await first.response().status == 200)
            #expect(try await second.exchange("GET /v1/node HTTP/1.1").status == 200)
        }
    }

    @Test("a connection over the greatest number waits until another ends")
    func connections() async throws {
        try await RunningServer.with(configure: { $0.connectionsMax = 1 }) { server in
            let first = try await server.connect()
            #expect(try await first.exchange("GET /v1/node HTTP/1.1").status == 200)
            let second = try await server.connect()
            async let answer = second.exchange("GET /v1/manifest HTTP/1.1")
            for _ in 0..<50 {
                #expect(try await first.exchange("GET /v1/node HTTP/1.1").status == 200)
            }
            #expect(await !server.service.calls.contains("manifest"))
            await first.close()
            #expect(try await answer.status == 200)
        }
    }
}
