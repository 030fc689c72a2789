import Exchange
import Membership
import Pseudonym
import StrictJSON

/// From a route and a body to the business side and back: reads messages, writes messages.
struct RouteDispatcher {
    let service: any PeerService

    /// Answers an admitted request; `json` is empty for a GET.
    func answer(
        _ route: PeerRoute, json body: [UInt8], from caller: NodeEntry
    ) async throws(Problem) -> PeerResponse {
        switch route {
        case .evaluations:
            let request = try EvaluationRequest(json: document(body)) {
                member, kid throws(Problem) in
                try service.admit(member, kid: kid, from: caller)
            }
            return PeerResponse(json: try await service.evaluate(request, from: caller).json)
        case .queries:
            let request = try QueryRequest(json: document(body)) { member, kid throws(Problem) in
                try service.admit(member, kid: kid, from: caller)
            }
            return PeerResponse(json: try await service.query(request, from: caller).json)
        case .manifest:
            return PeerResponse(json: try await service.manifest(for: caller).json)
        case .filter(let digest):
            let bytes = try await service.filter(digest: digest.bytes, for: caller)
            return PeerResponse(filter: bytes)
        case .node:
            return PeerResponse(json: try await service.node().json)
        }
    }

    private func document(_ body: [UInt8]) throws(Problem) -> JSONValue {
        do {
            return try JSONValue(
                parsing: body, limits: JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax))
        } catch {
            throw Problem(error)
        }
    }
}
