import AsyncHTTPClient
import Exchange
import HTTPSignatures
import NIOCore
import NIOHTTP1
import StrictJSON

/// An answer as it came, read no further than it may go; nobody has looked at its signature.
struct ReceivedAnswer: Sendable {
    let status: Int
    let fields: [HeaderField]
    let body: [UInt8]
    /// What the body is.
    let content: PeerReply.Content
}

/// Reads an answer no further than it may go.
struct AnswerReader {
    let call: PeerCall

    /// A 200 of the right type, or a problem document; everything else is malformed.
    ///
    /// - Throws: a `PeerFailure`, or the connection's error.
    func read(_ response: HTTPClientResponse) async throws -> ReceivedAnswer {
        guard response.headers["content-encoding"].isEmpty else {
            throw PeerFailure.malformed("an answer with Content-Encoding")
        }
        let contentType = Self.contentType(of: response)
        if response.status == .ok {
            guard call.accepts(contentType) else {
                throw PeerFailure.malformed("an answer of another content type")
            }
            let body = try await bytes(of: response, max: call.answerBytesMax)
            return answer(response, body: body, content: .message)
        }
        guard (400...599).contains(response.status.code), contentType == MediaType.problem else {
            throw PeerFailure.malformed("status \(response.status.code) without a problem document")
        }
        let body = try await bytes(of: response, max: PeerHTTPLimits.problemBytesMax)
        return answer(response, body: body, content: .refusal(try Self.code(of: body)))
    }

    private func answer(
        _ response: HTTPClientResponse, body: [UInt8], content: PeerReply.Content
    ) -> ReceivedAnswer {
        ReceivedAnswer(
            status: Int(response.status.code),
            fields: response.headers.map { HeaderField($0.name, $0.value) }, body: body,
            content: content)
    }

    /// What a problem document says; its status is not asked, its code decides.
    private static func code(of problem: [UInt8]) throws(PeerFailure) -> ProblemCode? {
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.problemBytesMax)
            var reader = try JSONObjectReader(JSONValue(parsing: problem, limits: limits))
            return ProblemCode(rawValue: try reader.required("code", "a text", \.text))
        } catch {
            throw .malformed("a problem document: \(error.description)")
        }
    }

    private func bytes(of response: HTTPClientResponse, max bytesMax: Int) async throws -> [UInt8] {
        let declared = response.headers.first(name: "content-length").flatMap { Int($0) }
        guard declared ?? 0 <= bytesMax else { throw Self.tooLarge }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(declared ?? 0)
        for try await part in response.body {
            guard bytes.count + part.readableBytes <= bytesMax else { throw Self.tooLarge }
            bytes += part.readableBytesView
        }
        return bytes
    }

    private static func contentType(of response: HTTPClientResponse) -> String? {
        let fields = response.headers["content-type"]
        return fields.count == 1 ? fields[0] : nil
    }

    private static let tooLarge = PeerFailure.malformed("an answer of too many bytes")
}
