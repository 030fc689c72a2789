import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// Shows how the node stands, or how its peers do (protocol/local-api.md, "GET /api/v1/status" and
/// "GET /api/v1/peers").
public struct StatusDesk: Sendable {
    private let status: @Sendable () async throws -> JSONValue

    /// A desk.
    ///
    /// - Parameter status: the document as it is now.
    public init(status: @escaping @Sendable () async throws -> JSONValue) { self.status = status }

    func answer() async throws -> Response {
        let document: JSONValue
        do {
            document = try await status()
        } catch {
            throw LocalProblem(
                .internalServerError, "internal", "the store did not answer; see the node's log")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document.encoded)))
    }
}
