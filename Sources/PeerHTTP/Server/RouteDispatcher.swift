import Exchange
import HTTPTypes
import Membership
import Pseudonym
import StrictJSON

/// From a route and a body to the business side and back: reads messages, writes messages.
struct RouteDispatcher {
    let service: any PeerService

    /// Answers a request that nobody has to sign.
    func answer(_ route: PeerRoute) async throws(Problem) -> PeerResponse {
        guard case .node = route else { throw Problem(.internal, "the route is a signed one") }
        return PeerResponse(json: try await service.node().json)
    }

    /// Answers a request that was signed; `body` is empty for a GET.
    ///
    /// - Parameter message: what was asked, as soon as it could be read; a refusal does not take it
    ///   back.
    func answer(
        _ route: PeerRoute, fields: HTTPFields, body: [UInt8], from caller: Caller,
        message: inout PeerMessage?
    ) async throws(Problem) -> PeerResponse {
        try service.admit(caller)
        switch route {
        case .evaluations:
            let request = try EvaluationRequest(json: document(body, fields)) {
                member, kid throws(Problem) in
                try service.admit(member, kid: kid, from: caller)
            }
            message = .evaluation(request)
            return PeerResponse(json: try await service.evaluate(request, from: caller).json)
        case .queries:
            let request = try QueryRequest(json: document(body, fields)) {
                member, kid throws(Problem) in
                try service.admit(member, kid: kid, from: caller)
            }
            message = .query(request)
            return PeerResponse(json: try await service.query(request, from: caller).json)
        case .manifest:
            return PeerResponse(json: try await service.manifest(for: caller).json)
        case .filter(let digest):
            let bytes = try await service.filter(digest: digest.bytes, for: caller)
            return PeerResponse(filter: bytes)
        case .node:
            return try await answer(route)
        }
    }

    private func document(
        _ body: [UInt8], _ fields: HTTPFields
    ) throws(Problem) -> JSONValue {
        guard fields[.contentEncoding] == nil else {
            throw Problem(.mediaType, "Content-Encoding is not used here")
        }
        guard MediaType.isJSON(fields[.contentType]) else {
            throw Problem(.mediaType, "the content type must be application/json")
        }
        do {
            return try JSONValue(
                parsing: body, limits: JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax))
        } catch {
            throw Problem(error)
        }
    }
}
