import Exchange
import Testing

@testable import PeerHTTP

@Suite("Peer server: bodies that are refused")
struct ServerMessageTests {
    private static let evaluations = "POST /v1/evaluations HTTP/1.1"
    private static let json = evaluations + "\ncontent-type: application/json"

    @Test(
        "only the two spellings of JSON are taken",
        arguments: [
            "\ncontent-type: text/json", "\ncontent-type: application/json; charset=utf-8",
            "\ncontent-type: application/json;charset=gbk",
            "\ncontent-type: application/problem+json", "\ncontent-type: APPLICATION/JSON",
            "\ncontent-type: application/json\ncontent-encoding: gzip",
            "\ncontent-type: application/json\ncontent-encoding: identity",
        ])
    func mediaTypes(_ fields: String) async throws {
        try await RunningServer.with { server in
            let response = try await server.request(
                Self.evaluations + fields, body: Messages.evaluation().json.encoded)
            #expect(response.status == 415)
            #expect(try response.problemCode() == "media-type")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test(
        "JSON that is none, or more than the protocol allows",
        arguments: [
            ("", 400, "malformed-json"),
            ("{", 400, "malformed-json"),
            ("[1,2", 400, "malformed-json"),
            ("{} {}", 400, "malformed-json"),
            (#"{"member":"lakeside","member":"harbor"}"#, 400, "malformed-json"),
            (String(repeating: "[", count: 17), 400, "malformed-json"),
            ("\"" + String(repeating: "a", count: 4097) + "\"", 400, "malformed-json"),
            (#"{"member":9007199254740992}"#, 400, "malformed-json"),
            ("[]", 400, "bad-request"),
            ("{}", 400, "bad-request"),
            (#"{"member":"lakeside","kid":"k1","elements":[],"other":1}"#, 400, "bad-request"),
            (#"{"member":"No Member","kid":"k1","elements":["AA"]}"#, 400, "bad-request"),
            (#"{"member":"lakeside","kid":"k1","elements":[]}"#, 422, "batch-size"),
            (#"{"member":"lakeside","kid":"k1","elements":["AA"]}"#, 422, "invalid-element"),
            // The member is judged before the batch.
            (#"{"member":"stranger","kid":"k1","elements":[]}"#, 403, "unknown-member"),
            (
                #"{"member":"lakeside","kid":"k1","elements":[""#
                    + String(repeating: "A", count: 43) + #""]}"#, 422, "invalid-element"
            ),
        ])
    func badJSON(_ text: String, _ status: Int, _ code: String) async throws {
        try await RunningServer.with { server in
            let response = try await server.request(Self.json, body: Array(text.utf8))
            #expect(response.status == status)
            #expect(try response.problemCode() == code)
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("text that is not UTF-8 is malformed")
    func invalidUTF8() async throws {
        try await RunningServer.with { server in
            let response = try await server.request(
                Self.json, body: Array(#"{"member":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8))
            #expect(try response.problemCode() == "malformed-json")
        }
    }

    @Test("a batch of 1024 elements is taken, one of 1025 is not")
    func batchSize() async throws {
        let element = try Messages.evaluation().elements[0]
        let request = { (count: Int) throws in
            EvaluationRequest(
                member: try Messages.evaluation().member, kid: "k1",
                elements: Array(repeating: element, count: count))
        }
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let most = try await connection.exchange(Self.json, body: request(1024).json.encoded)
            #expect(most.status == 200)
            let more = try await connection.exchange(Self.json, body: request(1025).json.encoded)
            #expect(more.status == 422)
            #expect(try more.problemCode() == "batch-size")
        }
    }

    @Test("nothing of a request that is refused stands in the answer or the log")
    func nothingRepeated() async throws {
        try await RunningServer.with { server in
            let secret = "S3CRET-9999"
            let body = #"{"member":"\#(secret)","\#(secret)":"\#(secret)"}"#
            let response = try await server.request(
                "POST /v1/queries HTTP/1.1\ncontent-type: application/json\nx-note: \(secret)",
                body: Array(body.utf8))
            #expect(response.status == 400)
            let path = try await server.request("GET /v1/\(secret) HTTP/1.1")
            #expect(path.status == 404)
            for text in [response.text, path.text] + server.log.lines {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test("a request is logged with method, route, status, code, node and duration")
    func logLine() async throws {
        try await RunningServer.with { server in
            let path = "/v1/filters/" + String(repeating: "0", count: 64)
            _ = try await server.request("GET \(path) HTTP/1.1")
            let line = try #require(server.log.lines.first { $0.hasPrefix("request ") })
            for part in [
                "GET", "/v1/filters/{digest}", "404", "not-found", TestConsortium.asker, "duration",
            ] {
                #expect(line.contains(part))
            }
        }
    }
}
