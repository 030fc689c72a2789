import Exchange
import HTTPSignatures
import Pseudonym
import Testing
import TransparencyLog

@testable import PeerHTTP

@Suite("Peer server: what is logged before an answer leaves")
struct ServerLogTests {
    private static let evaluations =
        "POST /v1/evaluations HTTP/1.1\ncontent-type: application/json"
    private static let manifest = "GET /v1/manifest HTTP/1.1"

    /// Sends a signed request as often as told, and gives the answers.
    private static func answers(
        to text: String, body: [UInt8], count: Int, at server: RunningServer
    ) async throws -> [RawResponse] {
        let created = Int(server.clock.now.secondsSinceEpoch)
        let signed = try RequestText(text: text).signed(
            TestSignature(created: created), body: body, endpoint: server.endpoint)
        let connection = try await server.connect()
        var answers: [RawResponse] = []
        for _ in 0..<count {
            await connection.sendAsWritten(signed.text, body: body)
            answers.append(try await connection.response())
        }
        return answers
    }

    @Test("an evaluation and a query, with the answer as it leaves, and a receipt of it")
    func receipt() async throws {
        try await RunningServer.with { server in
            let message = try Messages.evaluation(elements: 2)
            let response = try await server.request(
                Self.evaluations, body: message.json.encoded)
            #expect(response.status == 200)
            let call = try #require(await server.service.recorded.first)
            #expect(call.subject == .evaluation)
            #expect(call.caller.member.id.text == "lakeside")
            #expect(call.requestBody == message.json.encoded)
            #expect(call.answerBody == response.body)
            #expect(call.answer.message.status == 200)
            let field = try #require(response.fields["creditmesh-receipt"])
            let receipt = try Receipt(bytes: Base64URL.decode(field))
            let entry = try LogEntry(bytes: receipt.entry)
            #expect(entry.request?.bytes == call.request.signed.base.digest)
            #expect(entry.response?.bytes == call.answer.base.digest)
            #expect(response.fields["signature"]?.contains("sig1=") == true)
        }
    }

    @Test("a refusal is logged too, and has no receipt")
    func refused() async throws {
        try await RunningServer.with { server in
            let broken = try await server.request(Self.evaluations, body: Array("{".utf8))
            #expect(broken.status == 400)
            #expect(broken.fields["creditmesh-receipt"] == nil)
            await server.service.refuse(with: Problem(.quota, "used up"))
            let used = try await server.request(
                Self.evaluations, body: Messages.evaluation().json.encoded)
            #expect(used.status == 429)
            #expect(used.fields["creditmesh-receipt"] == nil)
            let recorded = await server.service.recorded
            #expect(recorded.map { $0.message != nil } == [false, true])
            #expect(recorded.map(\.answer.message.status) == [400, 429])
        }
    }

    @Test("what is asked of nobody is not logged")
    func others() async throws {
        try await RunningServer.with { server in
            _ = try await server.request(Self.manifest)
            _ = try await server.request("GET /v1/node HTTP/1.1")
            let connection = try await server.connect()
            await connection.sendAsWritten(
                Self.evaluations, body: try Messages.evaluation().json.encoded)
            #expect(try await connection.response().status == 401)
            #expect(await server.service.recorded.isEmpty)
        }
    }

    @Test("a request that is sent twice is refused the second time, POST and GET alike")
    func replayed() async throws {
        try await RunningServer.with { server in
            let body = try Messages.evaluation().json.encoded
            for (text, body) in [(Self.evaluations, body), (Self.manifest, [])] {
                let answers = try await Self.answers(to: text, body: body, count: 2, at: server)
                #expect(answers.map(\.status) == [200, 401])
                #expect(try answers[1].problemCode() == "nonce-replayed")
                #expect(answers[1].fields["signature"] != nil)
                #expect(answers[1].fields["creditmesh-receipt"] == nil)
            }
            #expect(await server.service.recorded.count == 1)
        }
    }

    @Test("an answer that the log does not take does not leave")
    func logFails() async throws {
        try await RunningServer.with { server in
            await server.service.refuseToLog(
                with: Problem(.overloaded, "no room", retryAfterSeconds: 1))
            let body = try Messages.evaluation().json.encoded
            for (text, body) in [(Self.evaluations, body), (Self.manifest, [])] {
                let response = try await server.request(text, body: body)
                #expect(response.status == 503)
                #expect(try response.problemCode() == "overloaded")
                #expect(response.fields["retry-after"] == "1")
                #expect(response.fields["signature"] != nil)
                #expect(!response.text.contains("proof"))
            }
        }
    }
}
