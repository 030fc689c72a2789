import Exchange
import Logging
import Membership
import StrictJSON

/// Asks other nodes over HTTP/1.1 and TLS 1.3 (protocol/messages.md).
///
/// Every connection is checked for being that of the node dialled before a request goes over it.
/// Nothing is retried here: an asker that asks again signs again. Whoever makes a client ends it
/// with `shutdown()`.
public final class PeerClient: Peers {
    private let connections: NodeConnections

    /// Makes a client that shows the certificate of `tls`; it dials when it is asked to.
    public init(tls: TLSMaterial, logger: Logger) {
        connections = NodeConnections(tls: tls, logger: logger)
    }

    /// Closes all connections; requests under way and later ones fail as `unreachable`.
    public func shutdown() async {
        await connections.shutdown()
    }

    /// See `Peers`. That the answer fits the request is proved by its proof, which the asker checks.
    public func evaluate(
        _ request: EvaluationRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> EvaluationAnswer {
        let call = PeerCall(post: request.json, to: .evaluations)
        return try await message(call, node, deadline) { json throws(JSONError) in
            try EvaluationAnswer(json: json)
        }
    }

    /// See `Peers`. A manifest of another node than the one asked is malformed.
    public func manifest(
        of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest {
        let call = PeerCall(get: .manifest, answerBytesMax: ExchangeLimits.answerBytesMax)
        let manifest = try await message(call, node, deadline) { json throws(JSONError) in
            try Manifest(json: json)
        }
        guard manifest.node == node.id else { throw .malformed("the manifest of another node") }
        return manifest
    }

    /// See `Peers`.
    public func filter(
        _ filter: ManifestFilter, of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        let call = try PeerCall(filter: filter)
        let bytes = try await connections.send(call, to: node, deadline: deadline)
        try call.checkDigest(of: bytes)
        return bytes
    }

    /// See `Peers`.
    public func query(
        _ request: QueryRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> QueryAnswer {
        let call = PeerCall(post: request.json, to: .queries)
        return try await message(call, node, deadline) { json throws(JSONError) in
            try QueryAnswer(json: json, count: request.queries.count)
        }
    }

    private func message<Message>(
        _ call: PeerCall, _ node: NodeEntry, _ deadline: ContinuousClock.Instant,
        read: (JSONValue) throws(JSONError) -> Message
    ) async throws(PeerFailure) -> Message {
        let bytes = try await connections.send(call, to: node, deadline: deadline)
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: call.answerBytesMax)
            return try read(JSONValue(parsing: bytes, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
    }
}
