import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// A refusal of the local API: RFC 9457 with a stable code (protocol/local-api.md).
struct LocalProblem: Error {
    let status: HTTPResponse.Status
    let code: String
    let detail: String
    /// Further members of the document; without a value they are left out.
    private let members: [(name: String, text: String?)]
    private let retryAfterSeconds: Int?

    init(
        _ status: HTTPResponse.Status, _ code: String, _ detail: String,
        members: [(name: String, text: String?)] = [], retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.members = members
        self.retryAfterSeconds = retryAfterSeconds
    }

    var response: Response {
        let known: [JSONMember] = [
            JSONMember("type", "about:blank"), JSONMember("title", .string(status.reasonPhrase)),
            JSONMember("status", .integer(status.code)), JSONMember("code", .string(code)),
            JSONMember("detail", .string(detail)),
        ]
        let further = members.compactMap { name, text in
            text.map { JSONMember(name, .string($0)) }
        }
        let body = JSONValue.object(known + further)
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        return Response(
            status: status, headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body.encoded)))
    }
}

/// Turns every error into a problem document; unexpected ones say nothing but that.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as LocalProblem {
            return problem.response
        } catch let error as any HTTPResponseError {
            let code = Self.codes[error.status.code] ?? "bad-request"
            return LocalProblem(error.status, code, error.status.reasonPhrase).response
        } catch {
            context.logger.error("a request failed", metadata: ["error": "\(type(of: error))"])
            return LocalProblem(.internalServerError, "internal", "see the node's log").response
        }
    }

    private static var codes: [Int: String] {
        [404: "not-found", 405: "method", 413: "too-large", 431: "headers-too-large"]
    }
}
