import Exchange
import HTTPSignatures
import Testing

@testable import PeerHTTP

@Suite("Peer server: signatures")
struct ServerSignatureTests {
    private static let evaluations =
        "POST /v1/evaluations HTTP/1.1\ncontent-type: application/json"
    private static let manifest = "GET /v1/manifest HTTP/1.1"

    /// A change to a request after it was signed.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (String) -> String

        init(_ name: String, _ apply: @escaping @Sendable (String) -> String) {
            testDescription = name
            self.apply = apply
        }

        static func replacing(_ name: String, _ text: String, with other: String) -> Change {
            Change(name) { $0.replacing(text, with: other) }
        }

        static func adding(_ name: String, _ line: String) -> Change {
            Change(name) { "\($0)\n\(line)" }
        }
    }

    @Test(
        "a request that is not signed is told so, without a signature",
        arguments: [
            evaluations, manifest,
            "GET /v1/filters/" + String(repeating: "0", count: 64) + " HTTP/1.1",
        ])
    func missing(_ request: String) async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            await connection.sendAsWritten(request)
            let response = try await connection.response()
            #expect(response.status == 401)
            #expect(try response.problemCode() == "signature-missing")
            #expect(response.fields["signature"] == nil)
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("what a node is needs no signature")
    func node() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            await connection.sendAsWritten("GET /v1/node HTTP/1.1")
            let response = try await connection.response()
            #expect(response.status == 200)
            #expect(response.fields["signature"] == nil)
        }
    }

    @Test(
        "a request that was changed after it was signed",
        arguments: [
            Change.replacing("type", "application/json", with: "application/json;charset=utf-8"),
            .replacing("path", "/v1/evaluations", with: "/v1/queries"),
            Change("digest") { text in
                text.replacing(/sha-256=:.{44}:/, with: ContentDigest(of: [UInt8]()).text)
            },
            .adding("a second digest", "content-digest: sha-256=:AAAA:"),
            .replacing("another digest", "sha-256=:", with: "sha-512=:AAAA:, sha-256=:"),
            .replacing("nonce", "nonce=\"", with: "nonce=\"A"),
            .replacing("a component left out", " \"content-digest\")", with: ")"),
            .replacing("another algorithm", "ed25519", with: "rsa-pss-sha512"),
            .replacing("another tag", "creditmesh-v1", with: "creditmesh-v2"),
            .replacing("another key's id", "keyid=\"lakeside\"", with: "keyid=\"reed\""),
            .replacing("an unknown key's id", "keyid=\"lakeside\"", with: "keyid=\"nobody\""),
            .adding(
                "the label twice", "signature-input: sig1=(\"@method\");created=1;keyid=\"a\""),
            .adding("the signature twice", "signature: sig1=:AAAA:"),
        ])
    func changed(_ change: Change) async throws {
        let body = try Messages.evaluation().json.encoded
        try await RunningServer.with { server in
            let signed = try RequestText(text: Self.evaluations)
                .signed(body: body, endpoint: server.endpoint).text
            let altered = change.apply(signed)
            #expect(altered != signed)
            try await Self.expect("signature-invalid", for: altered, body: body, at: server)
        }
    }

    @Test("a signature for another endpoint, or under a key that is not the caller's to use")
    func foreign() async throws {
        let body = try Messages.evaluation().json.encoded
        try await RunningServer.with { server in
            let wrong: [(TestSignature, String)] = [
                (TestSignature(), "https://127.0.0.1"),
                (TestSignature(), "https://localhost:\(server.port)"),
                // A member of another node, and one key under another's name.
                (TestSignature(key: "harbor"), server.endpoint),
                (TestSignature(key: "reed", keyID: "lakeside"), server.endpoint),
                (TestSignature(key: "harbor-node"), server.endpoint),
                (TestSignature(key: "lakeside", keyID: "lakeside-2"), server.endpoint),
            ]
            for (signature, endpoint) in wrong {
                let text = try RequestText(text: Self.evaluations)
                    .signed(signature, body: body, endpoint: endpoint).text
                try await Self.expect("signature-invalid", for: text, body: body, at: server)
            }
        }
    }

    @Test("a request without content type, or with two, cannot be what was signed")
    func contentTypes() async throws {
        let post = "POST /v1/evaluations HTTP/1.1"
        let body = try Messages.evaluation().json.encoded
        try await RunningServer.with { server in
            for fields in ["", "\ncontent-type: application/json\ncontent-type: application/json"] {
                let text = try RequestText(text: post + fields)
                    .signed(body: body, endpoint: server.endpoint).text
                try await Self.expect("signature-invalid", for: text, body: body, at: server)
            }
        }
    }

    private static func expect(
        _ code: String, for request: String, body: [UInt8], at server: RunningServer
    ) async throws {
        let connection = try await server.connect()
        await connection.sendAsWritten(request, body: body)
        let response = try await connection.response()
        #expect(response.status == 401)
        #expect(try response.problemCode() == code)
        #expect(response.fields["signature"] == nil, "nobody is known to have asked")
        #expect(await server.service.calls.isEmpty)
    }

    @Test(
        "the times of a signature are judged with 60 s to spare, and the answer is signed",
        arguments: [
            (61, 300, "clock-skew"), (60, 300, nil), (-60, 1, nil), (-61, 1, nil),
            (-62, 1, "signature-expired"), (-360, 300, nil), (-361, 300, "signature-expired"),
        ])
    func times(_ offset: Int, _ life: Int, _ code: String?) async throws {
        try await RunningServer.with { server in
            let response = try await Self.verified(
                Self.manifest, life: life, offset: offset, body: [], at: server)
            #expect(response.status == (code == nil ? 200 : 401))
            if let code { #expect(try response.problemCode() == code) }
            #expect(await server.service.calls.isEmpty == (code != nil))
        }
    }

    @Test("content that is not the one that was signed: the answer to it is signed")
    func digestMismatch() async throws {
        try await RunningServer.with { server in
            let body = try Messages.evaluation().json.encoded
            let response = try await Self.verified(
                Self.evaluations, body: body, sending: body.dropLast() + [0x20], at: server)
            #expect(response.status == 400)
            #expect(try response.problemCode() == "digest-mismatch")
            #expect(await server.service.calls.isEmpty)
        }
    }

    @Test("every answer to a verified request is signed, and bound to it")
    func signed() async throws {
        try await RunningServer.with { server in
            let body = try Messages.evaluation().json.encoded
            let good = try await Self.verified(Self.evaluations, body: body, at: server)
            #expect(good.status == 200)
            let bad = try await Self.verified(Self.evaluations, body: Array("{".utf8), at: server)
            #expect(try bad.problemCode() == "malformed-json")
            let manifest = try await Self.verified(Self.manifest, body: [], at: server)
            #expect(manifest.status == 200)
            await server.service.refuse(with: Problem(.quota, "used up", retryAfterSeconds: 5))
            let refused = try await Self.verified(Self.evaluations, body: body, at: server)
            #expect(refused.status == 429)
            #expect(refused.fields["retry-after"] == "5")
            let problem = try await Self.verified(Self.manifest, body: [], at: server)
            #expect(problem.status == 429)
        }
    }

    @Test("a filter proves itself and is not signed, the refusal of one is")
    func filter() async throws {
        try await RunningServer.with { server in
            let path = PeerRoute.filter(.init(hashing: server.service.filterBytes)).path
            let filter = try await server.request("GET \(path) HTTP/1.1")
            #expect(filter.status == 200)
            #expect(filter.fields["signature"] == nil)
            let other = "/v1/filters/" + String(repeating: "0", count: 64)
            let missing = try await Self.verified("GET \(other) HTTP/1.1", body: [], at: server)
            #expect(missing.status == 404)
        }
    }

    @Test("every member that the calling node serves may sign")
    func anotherMember() async throws {
        try await RunningServer.with { server in
            let response = try await Self.verified(
                Self.manifest, key: "reed", body: [], at: server)
            #expect(response.status == 200)
        }
    }

    @Test("a node without a key that the directory lists answers nothing that must be signed")
    func keyless() async throws {
        try await RunningServer.with { server in
            let other = try TestKeys.entry("another")
            try server.listAnswerKeys([other])
            let response = try await server.request(Self.manifest)
            #expect(try response.problemCode() == "internal")
            #expect(response.fields["signature"] == nil)
            #expect(await server.service.calls.isEmpty)
            try server.listAnswerKeys([try TestKeys.entry(TestConsortium.server), other])
            #expect(try await server.request(Self.manifest).status == 200)
        }
    }

    /// Sends a signed request and verifies the signature of its answer.
    private static func verified(
        _ text: String, key: String = "lakeside", life: Int = 300, offset: Int = 0,
        body: [UInt8], sending sent: [UInt8]? = nil, at server: RunningServer
    ) async throws -> RawResponse {
        let now = Int(server.clock.now.secondsSinceEpoch)
        let signature = TestSignature(key: key, created: now + offset, life: life)
        let signed = try RequestText(text: text)
            .signed(signature, body: body, endpoint: server.endpoint)
        let connection = try await server.connect()
        await connection.sendAsWritten(signed.text, body: sent ?? body)
        let response = try await connection.response()
        let answer = try #require(
            AnswerMessage(
                status: response.status,
                fields: response.fields.map { HeaderField($0.key, $0.value) }))
        let request = try #require(signed.request)
        let verified = try AnswerSignature(of: answer, to: request).verified(
            by: TestKeys.signer(TestConsortium.server).publicKeyBytes,
            content: ContentDigest(of: response.body))
        #expect(verified.created == now)
        return response
    }
}
