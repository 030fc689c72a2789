import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import TransparencyLog

/// A node's business side that answers everything, refuses everything, or waits.
actor FakePeerService: PeerService {
    let key = VOPRFSecretKey.generate()
    /// The one filter that is served.
    let filterBytes: [UInt8]
    /// Thrown by every call when set.
    private var problem: Problem?
    /// Every call passes it when set.
    private var latch: Latch?
    /// Names of the calls that came in.
    private(set) var calls: [String] = []

    init(filterBytes: [UInt8] = [0x00, 0x00, 0x05]) {
        self.filterBytes = filterBytes
    }

    func refuse(with problem: Problem) { self.problem = problem }

    func hold(at latch: Latch) { self.latch = latch }

    /// The member that is refused before the batch is looked at.
    static let unknownMember = "stranger"

    nonisolated func admit(_ caller: Caller) throws(Problem) {}

    nonisolated func admit(
        _ member: MemberID, kid: String, from caller: Caller
    ) throws(Problem) {
        guard member.text != Self.unknownMember else {
            throw Problem(.unknownMember, "not a member of this node")
        }
    }

    func evaluate(
        _ request: EvaluationRequest, from caller: Caller
    ) async throws(Problem) -> EvaluationAnswer {
        try await enter("evaluate by \(caller.member.id) of \(caller.node.id)")
        guard let result = try? key.evaluate(request.elements) else {
            throw Problem(.batchSize, "batch")
        }
        return EvaluationAnswer(kid: request.kid, elements: result.elements, proof: result.proof)
    }

    func manifest(for caller: Caller) async throws(Problem) -> Manifest {
        try await enter("manifest")
        return Manifest(
            node: Self.node, asOf: Self.moment,
            filters: [
                ManifestFilter(
                    kid: "k1", count: 1, digest: SHA256Digest(hashing: filterBytes).bytes,
                    generated: Self.moment)
            ],
            members: [])
    }

    func filter(digest: [UInt8], for caller: Caller) async throws(Problem) -> [UInt8] {
        try await enter("filter")
        guard digest == SHA256Digest(hashing: filterBytes).bytes else {
            throw Problem(.notFound, "no such filter")
        }
        return filterBytes
    }

    func query(
        _ request: QueryRequest, from caller: Caller
    ) async throws(Problem) -> QueryAnswer {
        try await enter("query")
        return QueryAnswer(
            kid: request.kid, asOf: Self.moment, results: request.queries.map { _ in .none })
    }

    /// Nonces that were used up, so that the second use of one is refused.
    private var nonces: Set<NonceUse> = []
    /// Calls that were written into the log.
    private(set) var recorded: [AnsweredCall] = []
    /// Thrown by the log when set.
    private var logProblem: Problem?

    func refuseToLog(with problem: Problem) { logProblem = problem }

    func use(_ request: VerifiedRequest) async throws(Problem) {
        if let logProblem { throw logProblem }
        guard nonces.insert(NonceUse(of: request)).inserted else {
            throw Problem(.nonceReplayed, "used before")
        }
    }

    func record(_ call: AnsweredCall) async throws(Problem) -> Receipt {
        try await use(call.request)
        recorded.append(call)
        do {
            return try TestKeys.receipt(of: call)
        } catch {
            throw Problem(.internal, "no receipt")
        }
    }

    func node() async throws(Problem) -> NodeStatement {
        try await enter("node")
        return NodeStatement(
            node: Self.node, version: "0.1.0", features: [], kid: "k1", asOf: Self.moment)
    }

    private func enter(_ call: String) async throws(Problem) {
        calls.append(call)
        await latch?.pass()
        if let problem { throw problem }
    }

    private static let moment = Timestamp(secondsSinceEpoch: 1_790_000_000)
    private static let node: NodeID = {
        guard let node = NodeID(TestConsortium.server) else { preconditionFailure("an id") }
        return node
    }()
}

/// Holds callers until it is opened, and tells when the first has come.
actor Latch {
    private var isOpen = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var arrivals = 0
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        arrivals += 1
        watchers.forEach { $0.resume() }
        watchers = []
        if !isOpen { await withCheckedContinuation { held.append($0) } }
    }

    func open() {
        isOpen = true
        held.forEach { $0.resume() }
        held = []
    }

    func arrival() async {
        if arrivals == 0 { await withCheckedContinuation { watchers.append($0) } }
    }
}
