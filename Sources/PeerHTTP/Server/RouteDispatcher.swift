import Exchange
import HTTPSignatures
import HTTPTypes
import Membership
import Pseudonym
import StrictJSON

/// From a route and a body to the business side and back: reads messages, writes messages.
struct RouteDispatcher {
    let service: any PeerService
    /// The node's log; nil for one that keeps none.
    let log: LogDesk?
    /// The files of the directory's repository; nil for a node whose directory has none.
    var files: (any DirectoryFiles)?
    /// The denials that count here; nil for a node that takes none.
    var denials: DenialDesk?
    /// Tells whether this node reaches the asker; nil for a node that does not.
    var reachability: ReachabilityDesk?
    /// Hears of new directories; nil for a node whose directory has no repository.
    var listener: (any DirectoryListener)?

    /// Answers a request that nobody has to sign.
    func answer(_ route: PeerRoute) async throws(Problem) -> PeerResponse {
        switch route {
        case .node: return PeerResponse(json: try await service.node().json)
        case .checkpoint: return PeerResponse(checkpoint: try await desk().checkpoint())
        case .cosigned: return PeerResponse(checkpoint: try await desk().cosigned())
        case .tile(let id):
            return PeerResponse(tile: try await desk().tile(id), isFinal: id.isFull)
        case .evaluations, .queries, .manifest, .filter, .entries, .evidence, .directory,
            .directoryNews, .denials, .newDenial, .reachability, .seen:
            throw Problem(.internal, "the route is a signed one")
        }
    }

    /// Answers what is not for lenders alone: regulators, and every node that looks for the
    /// directory; nil for another route.
    private func answer(
        _ route: PeerRoute, toAny caller: Caller, fields: HTTPFields, body: [UInt8],
        request: SignedRequest
    ) async throws(Problem) -> PeerResponse? {
        switch route {
        case .entries(let id):
            let bytes = try await desk().entries(id, for: caller)
            return PeerResponse(tile: bytes, isFinal: id.tile.isFull)
        case .evidence(let index, let authority):
            let opening = authority.map { OpeningRead(by: $0, request: request) }
            return PeerResponse(
                json: try await desk().evidence(of: index, for: caller, opening: opening).json)
        case .directory(let name):
            guard let bytes = files?.directoryFile(name.text) else {
                throw Problem(.notFound, "there is no such file")
            }
            return PeerResponse(json: bytes, isFinal: name.isFinal)
        case .seen:
            return PeerResponse(checkpoint: try desk().seen(of: caller))
        case .directoryNews:
            return PeerResponse(json: try heard(document(body, fields), from: caller).json)
        case .denials:
            return PeerResponse(json: try denialDesk().list.json)
        case .newDenial:
            let message = try document(body, fields)
            let request: DenialRequest
            do { request = try DenialRequest(json: message) } catch { throw Problem(error) }
            return PeerResponse(json: try denialDesk().take(request, from: caller).json)
        case .reachability:
            guard let reachability else {
                throw Problem(.notFound, "this node does not tell whom it reaches")
            }
            return PeerResponse(json: try await reachability.answer(to: caller).json)
        case .evaluations, .queries, .manifest, .filter, .node, .checkpoint, .cosigned, .tile:
            return nil
        }
    }

    private func heard(
        _ message: JSONValue, from caller: Caller
    ) throws(Problem) -> DirectoryEdition {
        guard let listener else { throw Problem(.notFound, "this node's directory is one file") }
        let news: DirectoryNews
        do { news = try DirectoryNews(json: message) } catch { throw Problem(error) }
        guard news.member == caller.member.id else {
            throw Problem(.unknownMember, "the request is not signed by the member that it names")
        }
        return listener.hear(of: news.edition, from: caller.node.id)
    }

    private func denialDesk() throws(Problem) -> DenialDesk {
        guard let denials else { throw Problem(.notFound, "this node keeps no denials") }
        return denials
    }

    private func desk() throws(Problem) -> LogDesk {
        guard let log else { throw Problem(.notFound, "this node keeps no log") }
        return log
    }

    /// Answers a request that was signed; `body` is empty for a GET.
    ///
    /// - Parameter message: what was asked, as soon as it could be read; a refusal does not take it
    ///   back.
    func answer(
        _ route: PeerRoute, fields: HTTPFields, body: [UInt8], from caller: Caller,
        request signed: SignedRequest, message: inout PeerMessage?
    ) async throws(Problem) -> PeerResponse {
        if let response = try await answer(
            route, toAny: caller, fields: fields, body: body, request: signed)
        {
            return response
        }
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
            let answer = try await service.query(request, from: caller)
            var response = PeerResponse(json: answer.json)
            response.consents = answer.consents
            return response
        case .manifest:
            return PeerResponse(json: try await service.manifest(for: caller).json)
        case .filter(let digest):
            let bytes = try await service.filter(digest: digest.bytes, for: caller)
            return PeerResponse(filter: bytes)
        case .node, .checkpoint, .cosigned, .tile, .entries, .evidence, .directory,
            .directoryNews, .denials, .newDenial, .reachability, .seen:
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
