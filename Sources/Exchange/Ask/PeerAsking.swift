import Membership
import Pseudonym
import StrictJSON

/// One message to a node and the answer to it, by a deadline: signed, logged, sent, verified, read, and
/// logged again.
package struct PeerAsking: Sendable {
    private let peers: any Peers
    private let deadline: ContinuousClock.Instant
    private let recorder: AskRecorder

    /// Asks for the node of a context, by a deadline.
    package init(
        context: NodeContext, peers: any Peers, circumstances: AskCircumstances,
        deadline: ContinuousClock.Instant
    ) {
        self.peers = peers
        self.deadline = deadline
        recorder = AskRecorder(context: context, circumstances: circumstances)
    }

    /// An evaluation that was answered and believed; what it led to is not in the log yet.
    package struct Evaluation<Value: Sendable>: Sendable {
        /// What was made of the answer.
        package let value: Value
        fileprivate let call: SignedCall
        fileprivate let reply: PeerReply
    }

    /// Has a node evaluate elements. The caller looks into the node's filters then, and says with
    /// ``settle(_:filters:)`` into which, before anything else leaves.
    ///
    /// - Parameters:
    ///   - boxes: what opens the elements, of which the request names the digest; kept in the log.
    ///   - read: checks the answer's proof and takes what is needed.
    package func evaluate<Value: Sendable>(
        _ request: EvaluationRequest, boxes: SealedBoxes? = nil, at node: NodeEntry,
        read: (EvaluationAnswer) throws(PeerFailure) -> Value
    ) async throws(PeerFailure) -> Evaluation<Value> {
        let exchange = try await exchange(
            .evaluation(request), as: request.member, at: node, boxes: boxes, filters: []
        ) { json throws(PeerFailure) in
            try read(Self.parsed { () throws(JSONError) in try EvaluationAnswer(json: json) })
        }
        return Evaluation(
            value: exchange.value, call: exchange.call, reply: exchange.reply)
    }

    /// Logs what an evaluation led to.
    ///
    /// - Parameters:
    ///   - filters: the digests of the filters that were looked into; none when there was no looking.
    ///   - outcomes: how many of its tokens the filters held; nil when there was no looking.
    package func settle<Value>(
        _ evaluation: Evaluation<Value>, filters: [[UInt8]], outcomes: LogOutcomes? = nil
    ) async throws(PeerFailure) {
        try await recorder.answered(
            evaluation.call, by: evaluation.reply, outcomes: outcomes, filters: filters)
    }

    /// Asks a node what is held.
    ///
    /// - Parameters:
    ///   - filters: the digests of the filters that told to ask.
    ///   - evaluation: the evaluation that led to it, which is settled along with it: one wait for the
    ///     disk serves both entries, and nothing leaves before both are there. Nil: none to settle.
    ///   - hits: how many of the evaluation's tokens the filters held.
    package func query<Value: Sendable>(
        _ request: QueryRequest, at node: NodeEntry, filters: [[UInt8]],
        settling evaluation: Evaluation<Value>?, hits: LogOutcomes? = nil
    ) async throws(PeerFailure) -> QueryAnswer {
        let exchange = try await exchange(
            .query(request), as: request.member, at: node, filters: filters,
            settling: evaluation.map { Settlement(call: $0.call, reply: $0.reply, outcomes: hits) }
        ) { json throws(PeerFailure) in
            let answer = try Self.parsed { () throws(JSONError) in
                try QueryAnswer(json: json, count: request.queries.count)
            }
            guard answer.kid == request.kid else { throw .malformed("an answer under another key") }
            return answer
        }
        try await recorder.answered(
            exchange.call, by: exchange.reply, outcomes: LogOutcomes(exchange.value.results),
            filters: filters)
        return exchange.value
    }

    /// Asks a node what is held, with no evaluation to settle.
    package func query(
        _ request: QueryRequest, at node: NodeEntry, filters: [[UInt8]]
    ) async throws(PeerFailure) -> QueryAnswer {
        try await query(
            request, at: node, filters: filters, settling: Evaluation<Never>?.none)
    }

    /// An evaluation whose entry is still to be made.
    private struct Settlement {
        let call: SignedCall
        let reply: PeerReply
        let outcomes: LogOutcomes?
    }

    private struct Exchange<Value> {
        let call: SignedCall
        let reply: PeerReply
        let value: Value
    }

    /// Everything up to an answer that is believed; a refusal that the node signed is logged as an
    /// answer, and thrown.
    private func exchange<Value>(
        _ message: PeerMessage, as member: MemberID, at node: NodeEntry,
        boxes: SealedBoxes? = nil, filters: [[UInt8]], settling settlement: Settlement? = nil,
        read: (JSONValue) throws(PeerFailure) -> Value
    ) async throws(PeerFailure) -> Exchange<Value> {
        let call = try await signed(message, as: member, to: node, settling: settlement)
        try await recorder.asked(
            call, boxes: boxes, filters: filters,
            after: settlement.map { ($0.call, $0.reply, $0.outcomes) })
        var reply: PeerReply?
        do throws(PeerFailure) {
            let answer = try await peers.send(call, deadline: deadline)
            reply = answer
            if case .message = answer.content {
                let proof = try ReceiptCheck(asker: recorder.context.node, call: call)
                    .proof(of: answer)
                recorder.context.watch?.saw(proof.receipt.checkpoint, of: node.id)
                return Exchange(call: call, reply: answer, value: try read(document(answer)))
            }
        } catch {
            try await recorder.failed(call, error, reply: reply)
            throw error
        }
        guard let reply, case .refusal(let code) = reply.content else { throw .timedOut }
        try await recorder.answered(call, by: reply, filters: filters)
        throw .refused(code)
    }

    /// The message, signed; where it cannot be, what led to it is settled first.
    private func signed(
        _ message: PeerMessage, as member: MemberID, to node: NodeEntry,
        settling settlement: Settlement?
    ) async throws(PeerFailure) -> SignedCall {
        do throws(PeerFailure) {
            return try peers.sign(message, to: node, as: member)
        } catch {
            if let settlement {
                try await recorder.answered(settlement.call, by: settlement.reply, filters: [])
            }
            throw error
        }
    }

    private func document(_ reply: PeerReply) throws(PeerFailure) -> JSONValue {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        return try Self.parsed { () throws(JSONError) in
            try JSONValue(parsing: reply.body, limits: limits)
        }
    }

    private static func parsed<Value>(
        _ read: () throws(JSONError) -> Value
    ) throws(PeerFailure) -> Value {
        do throws(JSONError) {
            return try read()
        } catch {
            throw .malformed(error.description)
        }
    }
}

extension LogOutcomes {
    /// How the queries of an answer ended.
    init(_ results: [QueryResult]) {
        var counts = (found: 0, none: 0, refused: 0)
        for result in results {
            switch result {
            case .found: counts.found += 1
            case .none: counts.none += 1
            case .refused: counts.refused += 1
            }
        }
        self.init(found: counts.found, none: counts.none, refused: counts.refused)
    }
}
