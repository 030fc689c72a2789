import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// Changes the node's pseudonym key for its operator (protocol/local-api.md, "The pseudonym key").
public struct PseudonymKeyDesk: Sendable {
    /// Most private halves of one request.
    public static let privateHalvesMax = 1024

    private let keys: any PseudonymKeyService

    /// A desk.
    public init(keys: any PseudonymKeyService) {
        self.keys = keys
    }

    /// Makes the coming key and its tokens.
    func prepare(_ request: Request) async throws -> Response {
        let files = try Self.files(try await LocalProblem.json(of: request))
        do {
            return Self.response(try await keys.prepare(privateHalves: files).json)
        } catch {
            throw LocalProblem(error)
        }
    }

    /// Destroys what the directory no longer lists.
    func retire(_ request: Request) async throws -> Response {
        do {
            let kids = try await keys.retire()
            return Self.response(["destroyed": .array(kids.map { .string($0) })])
        } catch {
            throw LocalProblem(error)
        }
    }

    private static func files(_ json: JSONValue) throws(LocalProblem) -> [String] {
        do throws(JSONError) {
            var reader = try JSONObjectReader(json)
            let expected = "at most 1,024 absolute paths"
            let files = try reader.required("privateKeyFiles", expected) { value -> [String]? in
                guard let elements = value.elements, elements.count <= privateHalvesMax else {
                    return nil
                }
                let paths = elements.compactMap(\.text).filter { $0.hasPrefix("/") }
                return paths.count == elements.count ? paths : nil
            }
            try reader.refuseUnknown()
            return files
        } catch {
            throw LocalProblem(error)
        }
    }

    private static func response(_ json: JSONValue) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.encoded)))
    }
}

extension LocalProblem {
    /// The JSON of a request's body.
    fileprivate static func json(of request: Request) async throws -> JSONValue {
        guard MediaType.isJSON(request.headers[.contentType]) else {
            throw LocalProblem(.unsupportedMediaType, "media-type", "send application/json")
        }
        let body = try await request.body.collect(upTo: LocalAPIServer.requestBytesMax)
        do throws(JSONError) {
            return try JSONValue(
                parsing: body.readableBytesView,
                limits: JSONLimits(documentBytesMax: LocalAPIServer.requestBytesMax))
        } catch {
            throw LocalProblem(error)
        }
    }

    fileprivate init(_ error: KeyServiceError) {
        switch error {
        case .unknownMember(let member):
            self.init(.forbidden, "unknown-member", "this node serves no lender '\(member)'")
        case .directory(let what): self.init(.conflict, "directory", what)
        case .failed(let what): self.init(.internalServerError, "internal", what)
        }
    }
}
