import Exchange
import Testing

@testable import PeerHTTP

@Suite("Peer server: routes and answers")
struct ServerRouteTests {
    @Test("evaluations are answered with a proof, as the caller's node")
    func evaluations() async throws {
        try await RunningServer.with { server in
            let response = try await server.request(
                "POST /v1/evaluations HTTP/1.1\ncontent-type: application/json",
                body: Messages.evaluation(elements: 3).json.encoded)
            #expect(response.status == 200)
            #expect(response.fields["content-type"] == "application/json")
            let answer = try EvaluationAnswer(json: response.document())
            #expect(answer.elements.count == 3)
            #expect(
                await server.service.calls == ["evaluate by lakeside of \(TestConsortium.asker)"])
        }
    }

    @Test("queries are answered in the order asked")
    func queries() async throws {
        try await RunningServer.with { server in
            let response = try await server.request(
                "POST /v1/queries HTTP/1.1\ncontent-type: application/json;charset=utf-8",
                body: Messages.query().json.encoded)
            #expect(response.status == 200)
            #expect(try QueryAnswer(json: response.document(), count: 1).results == [.none])
        }
    }

    @Test("manifest, node and filter over one connection")
    func getRoutes() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let node = try await connection.exchange("GET /v1/node HTTP/1.1")
            #expect(node.text.hasPrefix(#"{"node":"harbor-node","version":"0.1.0""#))

            let response = try await connection.exchange("GET /v1/manifest HTTP/1.1")
            let manifest = try Manifest(json: response.document())
            #expect(manifest.node.description == TestConsortium.server)
            #expect(response.fields["date"] == HTTPDate.text(server.clock.now))

            let digest = manifest.filters[0].digest.map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            let filter = try await connection.exchange("GET /v1/filters/\(digest) HTTP/1.1")
            #expect(filter.status == 200)
            #expect(filter.fields["content-type"] == "application/vnd.creditmesh.filter")
            #expect(filter.fields["cache-control"] == "private, max-age=31536000, immutable")
            #expect(filter.body == server.service.filterBytes)
        }
    }

    @Test("a filter larger than one piece arrives whole, with its length declared")
    func largeFilter() async throws {
        let bytes = (0..<(2 * PeerHTTPLimits.filterChunkBytes + 7)).map { UInt8($0 % 251) }
        try await RunningServer.with(service: FakePeerService(filterBytes: bytes)) { server in
            let path = PeerRoute.filter(.init(hashing: bytes)).path
            let response = try await server.request("GET \(path) HTTP/1.1")
            #expect(response.contentLength == bytes.count)
            #expect(response.body == bytes)
        }
    }

    @Test(
        "every other spelling of a path is not found",
        arguments: [
            "/", "/v1", "/v1/", "/v1/node/", "/v1/node?x=1", "/V1/node", "/v1/%6eode", "//v1/node",
            "/v1/filters", "/v1/filters/", "/v1/filters/00",
            "/v1/filters/" + String(repeating: "A", count: 64),
            "/v1/filters/" + String(repeating: "g", count: 64),
            "/v1/filters/" + String(repeating: "0", count: 65),
            "/v1/filters/../node",
        ])
    func unknownPaths(_ path: String) async throws {
        try await RunningServer.with { server in
            let response = try await server.request("GET \(path) HTTP/1.1")
            #expect(response.status == 404)
            #expect(try response.problemCode() == "not-found")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test(
        "a wrong method is told the right one",
        arguments: [
            ("GET", "/v1/evaluations", "POST"), ("PUT", "/v1/queries", "POST"),
            ("POST", "/v1/manifest", "GET"), ("DELETE", "/v1/node", "GET"),
            ("OPTIONS", "/v1/filters/" + String(repeating: "0", count: 64), "GET"),
        ])
    func wrongMethod(_ method: String, _ path: String, _ allowed: String) async throws {
        try await RunningServer.with { server in
            let response = try await server.request("\(method) \(path) HTTP/1.1")
            #expect(response.status == 405)
            #expect(try response.problemCode() == "method")
            #expect(response.fields["allow"] == allowed)
        }
    }

    @Test("the answer to HEAD has no body, and the connection goes on")
    func head() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            try await connection.sendRequest("HEAD /v1/node HTTP/1.1")
            #expect(try await connection.response(hasBody: false).status == 405)
            #expect(try await connection.exchange("GET /v1/node HTTP/1.1").status == 200)
        }
    }

    @Test("an unknown filter is not found")
    func unknownFilter() async throws {
        try await RunningServer.with { server in
            let path = "/v1/filters/" + String(repeating: "0", count: 64)
            let response = try await server.request("GET \(path) HTTP/1.1")
            #expect(try response.problemCode() == "not-found")
        }
    }

    @Test(
        "each code has its one status",
        arguments: [
            (400, ["malformed-json", "bad-request", "digest-mismatch"]),
            (
                401,
                [
                    "signature-missing", "signature-invalid", "signature-expired",
                    "nonce-replayed", "clock-skew",
                ]
            ),
            (403, ["unknown-node", "unknown-member", "suspended", "role"]),
            (404, ["not-found", "unknown-kid"]), (405, ["method"]), (408, ["timeout"]),
            (413, ["too-large"]), (415, ["media-type"]),
            (422, ["batch-size", "invalid-element", "invalid-purpose", "invalid-consent"]),
            (429, ["quota"]), (431, ["headers-too-large"]), (500, ["internal"]),
            (503, ["overloaded", "starting"]),
        ])
    func statuses(_ status: Int, _ codes: [String]) throws {
        for code in codes {
            #expect(try #require(ProblemCode(rawValue: code)).status.code == status)
        }
    }

    @Test("a problem of the business side reaches the peer with its retry time")
    func businessProblem() async throws {
        try await RunningServer.with { server in
            await server.service.refuse(
                with: Problem(.quota, "the day's elements are used up", retryAfterSeconds: 3600))
            let response = try await server.request("GET /v1/manifest HTTP/1.1")
            #expect(response.status == 429)
            #expect(try response.problemCode() == "quota")
            #expect(response.fields["retry-after"] == "3600")
            #expect(response.text.contains("the day's elements are used up"))
        }
    }

    @Test("what failed inside stays inside")
    func internalProblem() async throws {
        try await RunningServer.with { server in
            await server.service.refuse(with: Problem(.internal, "disk /var/lib full"))
            let response = try await server.request("GET /v1/manifest HTTP/1.1")
            #expect(response.status == 500)
            #expect(try response.problemCode() == "internal")
            #expect(!response.text.contains("disk"))
        }
    }
}
