import AsyncHTTPClient
import Exchange
import NIOCore
import NIOHTTP1
import StrictJSON

/// Reads an answer no further than it may go.
struct AnswerReader {
    let call: PeerCall

    /// The body of a 200 of the right type. A problem document becomes `refused`; everything else
    /// is malformed.
    ///
    /// - Throws: a `PeerFailure`, or the connection's error.
    func read(_ response: HTTPClientResponse) async throws -> [UInt8] {
        guard response.headers["content-encoding"].isEmpty else {
            throw PeerFailure.malformed("an answer with Content-Encoding")
        }
        let contentType = Self.contentType(of: response)
        if response.status == .ok {
            guard call.accepts(contentType) else {
                throw PeerFailure.malformed("an answer of another content type")
            }
            return try await bytes(of: response, max: call.answerBytesMax)
        }
        guard (400...599).contains(response.status.code), contentType == MediaType.problem else {
            throw PeerFailure.malformed("status \(response.status.code) without a problem document")
        }
        throw try await refusal(response)
    }

    /// What a problem document says; its status is not asked, its code decides.
    private func refusal(_ response: HTTPClientResponse) async throws -> PeerFailure {
        let bytes = try await bytes(of: response, max: PeerHTTPLimits.problemBytesMax)
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.problemBytesMax)
            var reader = try JSONObjectReader(JSONValue(parsing: bytes, limits: limits))
            let code = try reader.required("code", "a text", \.text)
            return .refused(ProblemCode(rawValue: code))
        } catch {
            return .malformed("a problem document: \(error.description)")
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
