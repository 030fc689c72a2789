import Membership
import StrictJSON

/// One message to a node and the answer to it, by a deadline: signed, sent, verified, read.
package struct PeerAsking: Sendable {
    private let peers: any Peers
    private let deadline: ContinuousClock.Instant

    /// Asks by a deadline.
    package init(peers: any Peers, deadline: ContinuousClock.Instant) {
        self.peers = peers
        self.deadline = deadline
    }

    /// Has a node evaluate elements. That the answer fits them is proved by its proof, which the
    /// caller checks.
    package func evaluate(
        _ request: EvaluationRequest, at node: NodeEntry
    ) async throws(PeerFailure) -> EvaluationAnswer {
        try await ask(.evaluation(request), as: request.member, at: node) {
            json throws(JSONError) in
            try EvaluationAnswer(json: json)
        }
    }

    /// Asks a node what is held.
    package func query(
        _ request: QueryRequest, at node: NodeEntry
    ) async throws(PeerFailure) -> QueryAnswer {
        try await ask(.query(request), as: request.member, at: node) { json throws(JSONError) in
            try QueryAnswer(json: json, count: request.queries.count)
        }
    }

    private func ask<Answer>(
        _ message: PeerMessage, as member: MemberID, at node: NodeEntry,
        read: (JSONValue) throws(JSONError) -> Answer
    ) async throws(PeerFailure) -> Answer {
        let call = try peers.sign(message, to: node, as: member)
        let reply = try await peers.send(call, deadline: deadline)
        if case .refusal(let code) = reply.content { throw .refused(code) }
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
            return try read(JSONValue(parsing: reply.body, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
    }
}
