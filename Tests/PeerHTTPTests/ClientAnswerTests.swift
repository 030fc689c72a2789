import Exchange
import Membership
import Pseudonym
import Testing

@testable import PeerHTTP

@Suite("Peer client: answers that cannot be used")
struct ClientAnswerTests {
    private static let manifest =
        #"{"node":"harbor-node","asOf":"2026-11-01T00:00:00Z","filters":[],"members":[],"new":1}"#

    /// What `manifest(of:)` makes of an answer; nil when it takes it.
    private static func failure(_ answer: CannedServer.Answer) async throws -> PeerFailure? {
        try await result(answer) { asker, node in
            _ = try await asker.manifest(of: node, deadline: .now + .seconds(60))
        }
    }

    private static func result(
        _ answer: CannedServer.Answer, _ call: (PeerClient, NodeEntry) async throws -> Void
    ) async throws -> PeerFailure? {
        try await TestConsortium.with { consortium in
            let tls = try consortium.material(for: TestConsortium.server)
            return try await CannedServer.with(tls: tls.serverConfiguration, answer: answer) {
                server in
                try await Asker.with(consortium) { asker in
                    let node = try consortium.entry(TestConsortium.server, port: server.port)
                    do {
                        try await call(asker, node)
                        return nil
                    } catch let failure as PeerFailure {
                        return failure
                    }
                }
            }
        }
    }

    private static func answer(
        _ status: Int, _ type: String, _ body: String, fields: String = ""
    ) -> CannedServer.Answer {
        .message(CannedAnswer(status: status, type: type, body: body, fields: fields))
    }

    @Test("a good answer is taken, unknown members included")
    func good() async throws {
        #expect(try await Self.failure(Self.answer(200, "application/json", Self.manifest)) == nil)
    }

    @Test(
        "an answer that is not what the protocol says is malformed",
        arguments: [
            answer(200, "text/html", "<html>"),
            answer(200, "application/json", "<html>"),
            answer(200, "application/json", manifest + "x"),
            answer(200, "application/json", #"{"node":"harbor-node","node":"harbor-node"}"#),
            answer(200, "application/json", manifest.replacing("harbor", with: "lakeside")),
            answer(200, "application/json", manifest, fields: "content-encoding: gzip\r\n"),
            answer(204, "application/json", ""),
            answer(500, "text/plain", "oops"),
            answer(500, "application/json", #"{"code":"internal"}"#),
            answer(500, "application/problem+json", #"{"status":500}"#),
            answer(
                302, "application/problem+json", #"{"code":"role"}"#,
                fields: "location: https://127.0.0.1:1/v1/manifest\r\n"),
            answer(
                403, "application/problem+json",
                #"{"code":"role","detail":""# + String(repeating: "a", count: 17_000) + #""}"#),
            .bytes(Array("garbage\r\n\r\n".utf8)),
        ])
    func malformed(_ answer: CannedServer.Answer) async throws {
        guard case .malformed = try await Self.failure(answer) else {
            Issue.record("taken")
            return
        }
    }

    @Test("a code that this version does not know is a refusal all the same")
    func unknownCode() async throws {
        let answer = Self.answer(451, "application/problem+json", #"{"code":"legal-hold"}"#)
        #expect(try await Self.failure(answer) == .refused(nil))
    }

    @Test(
        "an answer that the node did not sign for this request and this content is none",
        arguments: [
            CannedAnswer(status: 200, type: "application/json", body: manifest, signer: nil),
            CannedAnswer(status: 200, type: "application/json", body: manifest, signer: "harbor"),
            CannedAnswer(
                status: 200, type: "application/json", body: manifest, signedBody: manifest + " "),
            CannedAnswer(
                status: 200, type: "application/json", body: manifest, isOfAnotherRequest: true),
            CannedAnswer(
                status: 200, type: "application/json", body: manifest, signedStatus: 201),
            CannedAnswer(
                status: 403, type: "application/problem+json", body: #"{"code":"role"}"#,
                signedBody: #"{"code":"quota"}"#),
            CannedAnswer(
                status: 200, type: "application/json", body: manifest,
                fields: "signature: sig1=:AAAA:\r\n"),
        ])
    func badSignature(_ answer: CannedAnswer) async throws {
        #expect(try await Self.failure(.message(answer)) == .badSignature)
    }

    @Test("a refusal without a signature is a refusal, which proves nothing")
    func unsignedRefusal() async throws {
        let answer = CannedAnswer(
            status: 503, type: "application/problem+json", body: #"{"code":"overloaded"}"#,
            signer: nil)
        #expect(try await Self.failure(.message(answer)) == .refused(.overloaded))
    }

    @Test("an answer that breaks off is none", arguments: [0, 20])
    func brokenOff(_ count: Int) async throws {
        let message = CannedAnswer(status: 200, type: "application/json", body: Self.manifest)
        let failure = try await Self.failure(
            .messageThenClose(message, droppedCount: count + 1))
        #expect(failure == .unreachable)
    }

    @Test("an answer whose declared length is over the limit is not read")
    func declaredTooLarge() async throws {
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
            + "content-length: \(ExchangeLimits.answerBytesMax + 1)\r\n\r\n"
        #expect(
            try await Self.failure(.bytes(Array(head.utf8)))
                == .malformed("an answer of too many bytes"))
    }

    @Test("an answer without a declared length is cut at the limit")
    func chunkedTooLarge() async throws {
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
            + "transfer-encoding: chunked\r\n\r\n"
        let size = String(ExchangeLimits.answerBytesMax + 1, radix: 16)
        let bytes =
            Array((head + size + "\r\n").utf8)
            + [UInt8](repeating: 0x20, count: ExchangeLimits.answerBytesMax + 1)
        #expect(
            try await Self.failure(.bytes(bytes)) == .malformed("an answer of too many bytes"))
    }

    @Test("a filter must have the digest and the size that the manifest promised")
    func filters() async throws {
        let bytes: [UInt8] = [0x00, 0x00, 0x05]
        let promised = { (count: Int, digest: [UInt8]) in
            ManifestFilter(
                kid: "k1", count: count, digest: digest, generated: Timestamp(secondsSinceEpoch: 0))
        }
        let good = promised(1, SHA256Digest(hashing: bytes).bytes)
        let answer = Self.answer(
            200, "application/vnd.creditmesh.filter", String(decoding: bytes, as: UTF8.self))
        let ask = { (filter: ManifestFilter) async throws in
            try await Self.result(answer) { asker, node in
                _ = try await asker.filter(filter, of: node, deadline: .now + .seconds(60))
            }
        }
        #expect(try await ask(good) == nil)
        #expect(
            try await ask(promised(1, SHA256Digest(hashing: [1]).bytes))
                == .malformed("the filter does not match its digest"))
        #expect(
            try await ask(promised(0, good.digest)) == .malformed("an answer of too many bytes"))
        #expect(try await ask(promised(1, [1])) == .malformed("a filter's digest"))
    }
}
