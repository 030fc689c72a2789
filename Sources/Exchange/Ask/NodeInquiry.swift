import Membership
import Pseudonym

/// Asks one node about one subject: evaluation, look-up, and only for a hit the query.
///
/// Ends in an outcome for every lender of the node, whatever happens: no failure can look like
/// "no record" (the third promise).
struct NodeInquiry: Sendable {
    let context: NodeContext
    let filters: PeerFilters
    let asking: PeerAsking
    let request: ReportRequest
    let input: SubjectInput
    let deadline: ContinuousClock.Instant

    /// What the node said, in the terms of the report.
    func ask(_ node: NodeEntry, lenders: [MemberEntry]) async -> NodeAnswer {
        guard node.status == .active, lenders.contains(where: NodeAnswer.isAsked) else {
            return NodeAnswer(node: node.id, lenders: lenders, all: .notAsked(.nodeSuspended))
        }
        if context.watch?.standing(of: node.id) == .untrusted {
            return NodeAnswer(node: node.id, lenders: lenders, all: .error(.unwitnessed))
        }
        do throws(PeerFailure) {
            let evaluation = try await evaluate(node)
            let token = evaluation.value
            let known = try await lookUp(evaluation, at: node)
            guard let mayHold = known.mayHold(token.output.token, kid: token.kid) else {
                try await asking.settle(evaluation, filters: [])
                throw PeerFailure.malformed("a manifest without a filter for the current key")
            }
            guard mayHold else {
                try await asking.settle(
                    evaluation, filters: known.digests(kid: token.kid),
                    outcomes: LogOutcomes(found: 0, none: 1, refused: 0))
                return answer(of: node, lenders: lenders, manifest: known.manifest, result: .none)
            }
            let result = try await query(
                node, after: evaluation, filters: known.digests(kid: token.kid))
            return answer(of: node, lenders: lenders, manifest: known.manifest, result: result)
        } catch {
            return NodeAnswer(node: node.id, lenders: lenders, all: MemberOutcome(error))
        }
    }

    /// A subject's output under a named key of a node.
    private struct KeyedOutput {
        let kid: String
        let output: PseudonymOutput
    }

    /// Evaluates under the node's current key; after `unknown-kid` once more with the directory as
    /// it is by then.
    private func evaluate(
        _ node: NodeEntry
    ) async throws(PeerFailure) -> PeerAsking.Evaluation<KeyedOutput> {
        let key = try currentKey(of: node.id)
        do throws(PeerFailure) {
            return try await evaluate(node, kid: key.kid, publicKey: key.publicKey)
        } catch .refused(.unknownKID) {
            let renewed = try currentKey(of: node.id)
            guard renewed.kid != key.kid else { throw .refused(.unknownKID) }
            return try await evaluate(node, kid: renewed.kid, publicKey: renewed.publicKey)
        }
    }

    private func currentKey(
        of node: NodeID
    ) throws(PeerFailure) -> (kid: String, publicKey: VOPRFPublicKey) {
        guard
            let key = context.directory.current.node(node)?.currentVOPRFKey,
            let publicKey = try? VOPRFPublicKey(bytes: key.publicKey.bytes)
        else { throw .malformed("no current pseudonym key in the directory") }
        return (key.kid.description, publicKey)
    }

    private func evaluate(
        _ node: NodeEntry, kid: String, publicKey: VOPRFPublicKey
    ) async throws(PeerFailure) -> PeerAsking.Evaluation<KeyedOutput> {
        let session: BlindingSession
        do {
            session = try BlindingSession([input])
        } catch {
            throw .malformed("a subject that cannot be blinded")
        }
        let boxes = try boxes(opening: session)
        let question = EvaluationRequest(
            member: request.member, kid: kid, elements: session.elements, sealed: boxes?.digest)
        return try await asking.evaluate(question, boxes: boxes, at: node) {
            answer throws(PeerFailure) in
            guard answer.kid == kid else { throw .malformed("an evaluation under another key") }
            do {
                let outputs = try session.finish(
                    evaluated: answer.elements, proof: answer.proof, key: publicKey)
                guard let output = outputs.first else { throw EvaluationError.count(expected: 1) }
                return KeyedOutput(kid: kid, output: output)
            } catch {
                throw .malformed("an evaluation whose proof does not hold")
            }
        }
    }

    /// What lets the charter's regulator open the evaluation; nil where it names none. Without a key
    /// of this month nothing is asked.
    private func boxes(opening session: BlindingSession) throws(PeerFailure) -> SealedBoxes? {
        switch context.directory.current.openingTerms(at: context.clock.now) {
        case .notOpenable: return nil
        case .keyMissing: throw .noOpeningKey
        case .sealed(let key):
            do throws(SealingError) {
                return try SealedBoxes(
                    opening: session,
                    of: [BoxedSubject(request.identifier, consent: request.consent)],
                    purpose: request.purpose, to: key)
            } catch {
                throw .noOpeningKey
            }
        }
    }

    /// The node's filters for the token; what was looked into is logged before anything else leaves,
    /// here where there is nothing to look into.
    private func lookUp(
        _ evaluation: PeerAsking.Evaluation<KeyedOutput>, at node: NodeEntry
    ) async throws(PeerFailure) -> PeerFilters.NodeFilters {
        let kid = evaluation.value.kid
        let intervals = context.directory.current.charter.intervals
        do throws(PeerFailure) {
            return try await filters.filters(
                of: node, as: request.member, kid: kid,
                maxAgeSeconds: intervals.manifestMaxAgeSeconds(for: request.purpose),
                deadline: deadline)
        } catch {
            try await asking.settle(evaluation, filters: [])
            throw error
        }
    }

    private func query(
        _ node: NodeEntry, after evaluation: PeerAsking.Evaluation<KeyedOutput>,
        filters: [[UInt8]]
    ) async throws(PeerFailure) -> QueryResult {
        let token = evaluation.value
        let query = SubjectQuery(
            token: token.output.token, nameCheck: request.name.map(token.output.nameCheck),
            consent: request.consent)
        let answer = try await asking.query(
            QueryRequest(
                member: request.member, kid: token.kid, purpose: request.purpose.rawValue,
                queries: [query]),
            at: node, filters: filters, settling: evaluation,
            hits: LogOutcomes(found: 1, none: 0, refused: 0))
        guard let result = answer.results.first else {
            throw .malformed("an answer without result")
        }
        return result
    }

    /// Spreads a node's result over its lenders.
    private func answer(
        of node: NodeEntry, lenders: [MemberEntry], manifest: Manifest, result: QueryResult
    ) -> NodeAnswer {
        let books = BookAges(
            manifest: manifest, charter: context.directory.current.charter,
            now: context.clock.now)
        return NodeAnswer(node: node.id, lenders: lenders, result: result, books: books)
    }
}
