import Membership

/// The other nodes, as an asker reaches them. Every call ends by its deadline, and every request is
/// signed by a member of this node.
public protocol Peers: Sendable {
    /// Signs a message to a node as a member; nothing is sent.
    ///
    /// - Throws: `PeerFailure.unsigned`.
    func sign(
        _ message: PeerMessage, to node: NodeEntry, as member: MemberID
    ) throws(PeerFailure) -> SignedCall

    /// Sends a call, and verifies that the node signed the answer to it.
    ///
    /// A problem document without a signature is `PeerFailure.refused`: it counts as an error of the
    /// node and proves nothing.
    func send(
        _ call: SignedCall, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> PeerReply

    /// `GET /v1/manifest`.
    func manifest(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest

    /// `GET /v1/filters/<hex digest>`: the bytes, their digest checked against the manifest's.
    func filter(
        _ filter: ManifestFilter, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8]
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
    /// The answer is not signed, or not by the node, or not for this request and this content: the
    /// peer is at fault, or whoever stands between.
    case badSignature
    /// An answer that the node signed, without the proof that it stands in the node's log: the peer
    /// is at fault.
    case badReceipt
    /// This node's own log did not take the asking, or what came of it: nothing was sent, or the answer
    /// is not believed. Its operator's log says more.
    case unlogged
    /// This node has no request key that the directory lists for the member; its operator is at
    /// fault, and nothing was sent.
    case unsigned
    /// The charter's regulator lists no opening key for this month: nothing was sent. The directory's
    /// officers are at fault.
    case noOpeningKey
    /// An answer that is not what the protocol says: the peer is at fault. No values of the answer.
    case malformed(String)
}
