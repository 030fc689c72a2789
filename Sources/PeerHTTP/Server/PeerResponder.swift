import Exchange
import HTTPTypes
import HummingbirdCore
import Logging
import Membership
import NIOCore

/// Answers one request after the other, in the order of checks of protocol/errors.md: node, route
/// and method, suspension, load, size, content type, message, business.
struct PeerResponder: Sendable {
    let dispatcher: RouteDispatcher
    let callers: CallerIdentification
    let directory: any DirectorySource
    let clock: any Exchange.Clock
    let gate: RequestGate
    let logger: Logger

    /// Answers one request. The slot is held until the answer is written, because the answer's
    /// memory is.
    ///
    /// - Throws: the connection's error when it is gone; then there is nobody to answer.
    func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let hasSlot = gate.enter()
        defer { if hasSlot { gate.leave() } }
        var record = RequestRecord(request.head)
        let response: PeerResponse
        do {
            response = try await answer(
                request, hasSlot: hasSlot, on: channel, writer: writer, record: &record)
        } catch let refusal as Refusal {
            record.code = refusal.problem.code
            response = PeerResponse(refusal)
        } catch is ConnectionGuard.Ended {
            // The guard has answered in our place and closes the connection.
            return
        }
        record.log(response.status, to: logger)
        let head = response.head(at: clock.now)
        if request.method == .head {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(response: head, body: response.responseBody)
        }
    }

    private func answer(
        _ request: Request, hasSlot: Bool, on channel: any Channel,
        writer: borrowing ResponseWriter, record: inout RequestRecord
    ) async throws -> PeerResponse {
        let caller = try await callers.caller(on: channel, in: directory.current, at: clock.now)
        record.caller = caller.id
        let route = try route(of: request)
        record.route = route
        guard caller.status == .active else {
            throw Refusal(.suspended, "the node is suspended or has withdrawn")
        }
        guard hasSlot else {
            throw Refusal(
                .overloaded, "too many requests at this moment",
                retryAfterSeconds: PeerHTTPLimits.overloadedRetryAfterSeconds)
        }
        let bytesMax = route.method == .post ? ExchangeLimits.requestBytesMax : 0
        let body = try await RequestBodyReader(bytesMax: bytesMax).read(request, writer: writer)
        if route.method == .post { try checkContentType(of: request) }
        do {
            return try await dispatcher.answer(route, json: body, from: caller)
        } catch {
            throw Refusal(error)
        }
    }

    private func route(of request: Request) throws(Refusal) -> PeerRoute {
        guard let route = PeerRoute(path: request.head.path ?? "") else {
            throw Refusal(.notFound, "there is nothing at this path")
        }
        guard request.method == route.method else {
            var refusal = Refusal(.method, "the path takes \(route.method.rawValue) only")
            refusal.allowedMethod = route.method
            throw refusal
        }
        return route
    }

    private func checkContentType(of request: Request) throws(Refusal) {
        guard request.headers[.contentEncoding] == nil else {
            throw Refusal(.mediaType, "Content-Encoding is not used here")
        }
        guard MediaType.isJSON(request.headers[.contentType]) else {
            throw Refusal(.mediaType, "the content type must be application/json")
        }
    }
}
