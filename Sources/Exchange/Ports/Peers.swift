import Membership

/// The other nodes, as an asker reaches them. Every call ends by its deadline.
public protocol Peers: Sendable {
    /// `POST /v1/evaluations`.
    func evaluate(
        _ request: EvaluationRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> EvaluationAnswer

    /// `GET /v1/manifest`.
    func manifest(
        of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest

    /// `GET /v1/filters/<hex digest>`: the bytes, their digest checked against the manifest's.
    func filter(
        _ filter: ManifestFilter, of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8]

    /// `POST /v1/queries`.
    func query(
        _ request: QueryRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> QueryAnswer
}

/// Why a node gave no answer that can be used. Never "no record".
public enum PeerFailure: Error, Equatable, Sendable {
    /// No answer in time. May be retried.
    case timedOut
    /// No connection. May be retried.
    case unreachable
    /// The certificate is not that of the node that was dialled.
    case wrongIdentity
    /// The node refused the whole request with a code; nil: one that this version does not know.
    case refused(ProblemCode?)
    /// An answer that is not what the protocol says: the peer is at fault. No values of the answer.
    case malformed(String)
}
