import AsyncHTTPClient
import Exchange
import Foundation
import Membership
import NIOCore
import NIOHTTP1
import NodeAssembly
import StrictJSON

/// The client of a running node's local API.
struct LocalClient {
    /// Most bytes of an answer.
    static let answerBytesMax = 64 * 1024 * 1024
    /// Time beyond the report's own deadline.
    static let grace: TimeAmount = .seconds(75)

    /// Time for work that grows with the book.
    static let workPatience: TimeAmount = .seconds(3600)

    private let url: String
    private let token: String

    /// Finds the node that runs on a home, as its operator.
    init(home: NodeHome) throws {
        try self.init(home: home, tokenFile: home.localToken)
    }

    /// The same as one of its members. A name that has no token of its own is for the node to refuse.
    init(home: NodeHome, member: String) throws {
        let file = MemberID(member).map(home.memberToken)
        let isThere = file.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
        try self.init(home: home, tokenFile: isThere ? file ?? home.localToken : home.localToken)
    }

    private init(home: NodeHome, tokenFile: URL) throws {
        do {
            let url = try PrivateFile.read(home.localAddress, bytesMax: 256)
            let token = try PrivateFile.read(tokenFile, bytesMax: 256)
            self.url = String(decoding: url, as: UTF8.self)
            self.token = String(decoding: token, as: UTF8.self)
        } catch {
            throw CommandFailure(
                "not-running",
                "no node runs on \(home.folder.path); start it with: creditmesh node run --home \(home.folder.path)"
            )
        }
    }

    /// A report as the node wrote it, and whether it is complete.
    struct Answer {
        let body: String
        let isComplete: Bool
    }

    /// Asks for a report.
    func report(_ question: JSONValue, isJSON: Bool, language: String) async throws -> Answer {
        var request = HTTPClientRequest(url: url + "/api/v1/reports")
        request.method = .POST
        request.headers = [
            "Authorization": "Bearer \(token)", "Content-Type": "application/json",
            "Accept": isJSON ? "application/json" : "text/plain", "Accept-Language": language,
        ]
        request.body = .bytes(ByteBuffer(bytes: question.encoded))
        let (status, headers, bytes) = try await send(request)
        guard status == .ok else { throw Self.failure(bytes) }
        let isComplete = headers.first(name: "Creditmesh-Complete") == "true"
        guard isJSON else {
            return Answer(body: String(decoding: bytes, as: UTF8.self), isComplete: isComplete)
        }
        let value = try JSONValue(
            parsing: bytes, limits: JSONLimits(documentBytesMax: Self.answerBytesMax))
        return Answer(body: value.prettyPrinted, isComplete: isComplete)
    }

    /// Has the node do something; returns its answer.
    func post(_ path: String, _ content: JSONValue) async throws -> JSONValue {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers = [
            "Authorization": "Bearer \(token)", "Content-Type": "application/json",
        ]
        request.body = .bytes(ByteBuffer(bytes: content.encoded))
        let (status, _, bytes) = try await send(request, patience: Self.workPatience)
        guard status == .ok else { throw Self.failure(bytes) }
        return try JSONValue(
            parsing: bytes, limits: JSONLimits(documentBytesMax: Self.answerBytesMax))
    }

    /// How the node stands.
    func status() async throws -> JSONValue { try await document("/api/v1/status") }

    /// A page of the member's own entries of the log.
    func exchanges(before: Int?, limit: Int) async throws -> JSONValue {
        try await document(
            "/api/v1/exchanges?limit=\(limit)" + (before.map { "&before=\($0)" } ?? ""))
    }

    /// What the node's peers say now; nil when it does not ask them.
    func peers() async -> JSONValue? { try? await document("/api/v1/peers") }

    private func document(_ path: String) async throws -> JSONValue {
        var request = HTTPClientRequest(url: url + path)
        request.headers = ["Authorization": "Bearer \(token)"]
        let (status, _, bytes) = try await send(request)
        guard status == .ok else { throw Self.failure(bytes) }
        return try JSONValue(
            parsing: bytes, limits: JSONLimits(documentBytesMax: Self.answerBytesMax))
    }

    /// Lives as long as the command. Where nobody listens it says so at once, and does not try on.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(
            eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
    }()

    private func send(
        _ request: HTTPClientRequest, patience: TimeAmount = grace
    ) async throws -> (HTTPResponseStatus, HTTPHeaders, [UInt8]) {
        do {
            let response = try await Self.http.execute(request, timeout: patience)
            let body = try await response.body.collect(upTo: Self.answerBytesMax)
            return (response.status, response.headers, Array(body.readableBytesView))
        } catch {
            throw CommandFailure(
                "not-running", "the node at \(url) does not answer; is it still running?")
        }
    }

    /// The node's problem document as a failure of the command.
    private static func failure(_ bytes: [UInt8]) -> CommandFailure {
        let limits = JSONLimits(documentBytesMax: answerBytesMax)
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            var reader = try? JSONObjectReader(value),
            let code = reader.optional("code")?.text
        else { return CommandFailure("internal", "the node's answer cannot be read") }
        return CommandFailure(code, reader.optional("detail")?.text ?? "the node refused")
    }
}
