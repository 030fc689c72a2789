import HTTPSignatures
import Membership
import Pseudonym
import TransparencyLog

/// Answers peers: judges member, role, key, items and quota in the order of protocol/messages.md,
/// then evaluates or discloses.
public struct Answerer: PeerService {
    private let context: NodeContext
    private let publisher: FilterPublisher
    private let quota: EvaluationQuota
    private let disclosure: Disclosure
    private let recorder: AnswerRecorder
    private let version: String

    /// Makes the answering side of a node. `version` is the software's.
    public init(context: NodeContext, publisher: FilterPublisher, version: String) {
        self.context = context
        self.publisher = publisher
        self.version = version
        quota = EvaluationQuota(store: context.store)
        disclosure = Disclosure(context: context)
        recorder = AnswerRecorder(context: context)
    }

    /// Judges the asking member.
    public func admit(_ caller: Caller) throws(Problem) {
        _ = try asker(caller.member.id, from: caller, in: context.directory.current)
    }

    /// Judges the member that the request names, then the key.
    public func admit(
        _ member: MemberID, kid: String, from caller: Caller
    ) throws(Problem) {
        _ = try asker(member, from: caller, in: context.directory.current)
        _ = try key(kid)
    }

    /// Evaluates blinded elements under a key of this node and proves it.
    public func evaluate(
        _ request: EvaluationRequest, from caller: Caller
    ) async throws(Problem) -> EvaluationAnswer {
        let directory = context.directory.current
        let asker = try asker(request.member, from: caller, in: directory)
        let key = try key(request.kid)
        // The answerer cannot see what is in the boxes, only that the asker bound itself to some.
        guard request.sealed != nil || directory.charter.openingRegulator == nil else {
            throw Problem(.badRequest, "the charter wants sealed")
        }
        try await quota.spend(
            request.elements.count, by: asker, limits: directory.charter.quotas,
            at: context.clock.now)
        guard let evaluation = try? key.secret.evaluate(request.elements) else {
            throw Problem(.batchSize, "elements must hold 1 to 1024")
        }
        return EvaluationAnswer(
            kid: request.kid, elements: evaluation.elements, proof: evaluation.proof)
    }

    /// What the filters are and how old the books.
    public func manifest(for caller: Caller) async throws(Problem) -> Manifest {
        try admit(caller)
        guard let manifest = await publisher.manifest else {
            throw Problem(.starting, "the filters are being made", retryAfterSeconds: 5)
        }
        return manifest
    }

    /// The bytes of a filter that this node published.
    public func filter(digest: [UInt8], for caller: Caller) async throws(Problem) -> [UInt8] {
        try admit(caller)
        let body: [UInt8]?
        do {
            body = try await context.store.filterBody(digest: digest)
        } catch {
            throw Problem(.internal, "the store did not answer")
        }
        guard let body else { throw Problem(.notFound, "no such filter") }
        return body
    }

    /// What the members of this node disclose under tokens, for one purpose.
    public func query(
        _ request: QueryRequest, from caller: Caller
    ) async throws(Problem) -> QueryAnswer {
        let directory = context.directory.current
        let asker = try asker(request.member, from: caller, in: directory)
        _ = try key(request.kid)
        let disclosed = try await disclosure.results(for: request, asker: asker, in: directory)
        return QueryAnswer(
            kid: request.kid, asOf: context.clock.now, results: disclosed.results,
            consents: disclosed.consents)
    }

    /// See `PeerService`.
    public func use(_ request: VerifiedRequest) async throws(Problem) {
        try await recorder.use(request)
    }

    /// See `PeerService`.
    public func record(_ call: AnsweredCall) async throws(Problem) -> Receipt {
        try await recorder.record(call)
    }

    /// What this node is.
    public func node() async throws(Problem) -> NodeStatement {
        NodeStatement(
            node: context.node, version: version,
            features: PeerFeature.allCases.map(\.rawValue),
            kid: context.keys.current.kid.rawValue, asOf: context.clock.now)
    }

    /// The asking member: the one that signed, served by the caller's node, a lender, active (or
    /// `trial`).
    private func asker(
        _ id: MemberID, from caller: Caller, in directory: Directory
    ) throws(Problem) -> MemberEntry {
        guard id == caller.member.id, let member = directory.member(id),
            member.node == caller.node.id
        else {
            throw Problem(.unknownMember, "the request is not signed by the member that it names")
        }
        return try lender(member)
    }

    /// A member that may ask: active (or `trial`), and a lender.
    private func lender(_ member: MemberEntry) throws(Problem) -> MemberEntry {
        switch member.status {
        case .active, .trial: break
        case .suspended, .withdrawn:
            throw Problem(.suspended, "the asking member is suspended or withdrawn")
        }
        guard member.role == .lender else {
            throw Problem(.role, "only lenders may ask")
        }
        return member
    }

    private func key(_ kid: String) throws(Problem) -> PseudonymKey {
        guard let key = context.keys.answering(kid) else {
            throw Problem(.unknownKID, "no such key; refresh the directory")
        }
        return key
    }
}
