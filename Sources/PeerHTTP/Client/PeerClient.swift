import Exchange
import HTTPSignatures
import Logging
import Membership
import StrictJSON

/// Asks other nodes over HTTP/1.1 and TLS 1.3 (protocol/messages.md), with signed requests, and
/// believes answers that they signed.
///
/// Every connection is checked for being that of the node dialled before a request goes over it.
/// Nothing is retried here: an asker that asks again signs again. Whoever makes a client ends it
/// with `shutdown()`.
public final class PeerClient: Peers {
    let connections: NodeConnections
    private let signers: MessageSigners
    private let directory: any DirectorySource
    private let clock: any Exchange.Clock

    /// Makes a client that shows the certificate of `tls` that is in force; it dials when it is asked to.
    ///
    /// - Parameters:
    ///   - signers: sign the requests, by the keys that `directory` lists for their members.
    ///   - clock: says when a request is signed.
    public init(
        tls: TLSInForce, signers: MessageSigners, directory: any DirectorySource,
        clock: any Exchange.Clock, logger: Logger
    ) {
        connections = NodeConnections(tls: tls, logger: logger)
        self.signers = signers
        self.directory = directory
        self.clock = clock
    }

    /// Closes all connections; requests under way and later ones fail as `unreachable`.
    public func shutdown() async {
        await connections.shutdown()
    }

    /// See `Peers`.
    public func sign(
        _ message: PeerMessage, to node: NodeEntry, as member: MemberID
    ) throws(PeerFailure) -> SignedCall {
        let call = PeerCall(post: message)
        return SignedCall(
            node: node, member: member, message: message,
            request: try sign(call, to: node, as: member),
            body: call.body)
    }

    /// See `Peers`. That the answer fits the request is proved by its proof, which the asker checks.
    public func send(
        _ call: SignedCall, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> PeerReply {
        let answer = try await connections.send(
            PeerCall(call), call.request, to: call.node, deadline: deadline)
        return try AnswerVerification(node: call.node, request: call.request).verified(answer)
    }

    /// See `Peers`. A manifest of another node than the one asked is malformed.
    public func manifest(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest {
        let call = PeerCall(get: .manifest, answerBytesMax: ExchangeLimits.answerBytesMax)
        let request = try sign(call, to: node, as: member)
        let answer = try await connections.send(call, request, to: node, deadline: deadline)
        let reply = try AnswerVerification(node: node, request: request).verified(answer)
        if case .refusal(let code) = reply.content { throw .refused(code) }
        let manifest: Manifest
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: call.answerBytesMax)
            manifest = try Manifest(json: JSONValue(parsing: reply.body, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
        guard manifest.node == node.id else { throw .malformed("the manifest of another node") }
        return manifest
    }

    /// See `Peers`. A filter is not signed, its refusal is.
    public func filter(
        _ filter: ManifestFilter, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        let call = try PeerCall(filter: filter)
        let request = try sign(call, to: node, as: member)
        let answer = try await connections.send(call, request, to: node, deadline: deadline)
        guard case .message = answer.content else {
            let reply = try AnswerVerification(node: node, request: request).verified(answer)
            guard case .refusal(let code) = reply.content else { throw .malformed("a filter") }
            throw .refused(code)
        }
        try call.checkDigest(of: answer.body)
        return answer.body
    }

    func sign(
        _ call: PeerCall, to node: NodeEntry, as member: MemberID
    ) throws(PeerFailure) -> SignedRequest {
        guard let entry = directory.current.member(member),
            let signer = signers.signer(ofRequestsBy: entry),
            let request = try? call.signed(by: signer, to: node, at: clock.now)
        else { throw .unsigned }
        return request
    }
}
