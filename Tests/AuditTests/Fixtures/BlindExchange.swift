import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// One blind evaluation of harbor at lakeside, as both would log it, with what an honest asker seals; and
/// the query that follows it.
struct BlindExchange {
    private let scene: AuditScene
    private let request: SignedRequest
    private let requestBody: [UInt8]
    private let answer: SignedAnswer
    private let answerBody: [UInt8]
    private let items: [[UInt8]]
    /// What the asker keeps.
    var boxes: [[UInt8]]
    /// What the asker's entry says it was for.
    var purpose: Purpose
    let tokens: [Token]
    private let number: Int

    /// - Parameters:
    ///   - sealing: makes the boxes of the session; those that it returns are kept.
    ///   - sealed: of those, what the request binds the asker to.
    init(
        _ scene: AuditScene, _ number: Int, about subjects: [String],
        purpose: Purpose = .loanApproval,
        sealing: (BlindingSession) throws -> [[UInt8]],
        sealed: ([[UInt8]]) -> SHA256Digest? = { SealedBoxes($0).digest }
    ) throws {
        self.scene = scene
        self.number = number
        self.purpose = purpose
        let session = try BlindingSession(subjects.map(Self.input))
        boxes = try sealing(session)
        let message = EvaluationRequest(
            member: scene.harbor.member, kid: "k1", elements: session.elements,
            sealed: sealed(boxes))
        requestBody = message.json.encoded
        items = session.elements.map(\.bytes)
        request = try Self.sign(requestBody, to: "/v1/evaluations", number: number, in: scene)
        let key = try VOPRFSecretKey.derive(seed: Array(repeating: 7, count: 32), info: [1])
        let evaluation = try key.evaluate(session.elements)
        answerBody =
            EvaluationAnswer(
                kid: "k1", elements: evaluation.elements, proof: evaluation.proof
            ).json.encoded
        answer = try Self.answer(answerBody, to: request, in: scene)
        tokens = try session.finish(
            evaluated: evaluation.elements, proof: evaluation.proof, key: key.publicKey
        ).map(\.token)
    }

    static func identifier(_ text: String) throws -> Identifier {
        try SchemeRegistry(charter: [(scheme: "cn-rid", pattern: nil)])
            .identifier(text, scheme: "cn-rid")
    }

    static func input(_ text: String) throws -> SubjectInput {
        SubjectInput(consortium: SceneNode.consortium, identifier: try identifier(text))
    }

    static func consent(_ number: Int) -> Consent {
        Consent(
            basis: .consent, purposes: Purpose.allCases.map(\.rawValue),
            reference: Array(repeating: UInt8(number), count: 16),
            grantedAt: Timestamp(secondsSinceEpoch: 0),
            expiresAt: Timestamp(secondsSinceEpoch: 4_000_000_000),
            evidenceDigest: Array(repeating: UInt8(number), count: 32))
    }

    /// Writes the three entries.
    func log(answered isAnswered: Bool = true) async throws {
        var asked = entry(.evaluationAsked, isAsker: true, request, count: items.count)
        asked.itemsRoot = root(items)
        _ = try await scene.harbor.log.append(
            asked,
            evidence: Evidence(
                request: Self.evidence(request, requestBody), salts: salts(items.count),
                boxes: boxes),
            nonce: nil)
        guard isAnswered else { return }
        var answered = entry(.evaluationAnswered, isAsker: false, request, count: items.count)
        answered.itemsRoot = root(items)
        answered.response = MerkleHash(bytes: answer.base.digest)
        _ = try await scene.lakeside.log.append(
            answered,
            evidence: Evidence(
                request: Self.evidence(request, requestBody),
                answer: Self.evidence(answer, answerBody),
                salts: salts(items.count)),
            nonce: nil)
        var ended = entry(.evaluationAnswered, isAsker: true, request, count: items.count)
        ended.response = answered.response
        _ = try await scene.harbor.log.append(
            ended, evidence: Evidence(answer: Self.evidence(answer, answerBody)), nonce: nil)
    }

    /// Writes the asker's entry of a query about the first subject.
    func logQuery(purpose: Purpose? = nil, consent: Consent? = nil) async throws {
        let purpose = purpose ?? self.purpose
        let consent = consent ?? Self.consent(number)
        let body =
            QueryRequest(
                member: scene.harbor.member, kid: "k1", purpose: purpose.rawValue,
                queries: [SubjectQuery(token: tokens[0], nameCheck: nil, consent: consent)]
            ).json.encoded
        let request = try Self.sign(body, to: "/v1/queries", number: number + 1000, in: scene)
        let items = [tokens[0].bytes + consent.reference]
        var entry = entry(.queryAsked, isAsker: true, request, count: 1)
        entry.purpose = purpose
        entry.itemsRoot = root(items)
        _ = try await scene.harbor.log.append(
            entry, evidence: Evidence(request: Self.evidence(request, body), salts: salts(1)),
            nonce: nil)
    }

    private func entry(
        _ type: LogEntryType, isAsker: Bool, _ request: SignedRequest, count: Int
    ) -> LogEntry {
        let now = scene.clock.now
        var entry = LogEntry(type, at: now, node: isAsker ? scene.harbor.id : scene.lakeside.id)
        entry.member = isAsker ? scene.harbor.member : nil
        entry.peer = isAsker ? scene.lakeside.id : scene.harbor.id
        entry.peerMember = isAsker ? nil : scene.harbor.member
        entry.count = count
        entry.kid = KeyID(rawValue: "k1")
        entry.purpose = isAsker ? purpose : nil
        entry.request = MerkleHash(bytes: request.base.digest)
        entry.retainUntil = now.advanced(bySeconds: 1_000_000)
        return entry
    }

    private func salts(_ count: Int) -> [CommitmentSalt] {
        (0..<count).compactMap {
            CommitmentSalt(bytes: Array(repeating: UInt8($0), count: CommitmentSalt.count))
        }
    }

    private func root(_ items: [[UInt8]]) -> MerkleHash {
        Commitment.itemsRoot(
            zip(items, salts(items.count)).map { Commitment(to: $0, salt: $1) })
    }

    private static let fields = [HeaderField("content-type", "application/json")]

    private static func sign(
        _ body: [UInt8], to path: String, number: Int, in scene: AuditScene
    ) throws -> SignedRequest {
        let target = try sample(
            TargetURI(endpoint: scene.lakeside.endpoint, rawTarget: path))
        let nonce = (0..<16).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) }
        return try scene.harbor.requestSigner().sign(
            RequestMessage(method: .post, target: target, fields: fields), content: body,
            created: Int(scene.clock.now.secondsSinceEpoch),
            nonce: try sample(SignatureNonce(bytes: nonce)))
    }

    private static func answer(
        _ body: [UInt8], to request: SignedRequest, in scene: AuditScene
    ) throws -> SignedAnswer {
        try scene.lakeside.answerSigner().sign(
            try sample(AnswerMessage(status: 200, fields: fields)), content: body, to: request,
            created: Int(scene.clock.now.secondsSinceEpoch))
    }

    private static func evidence(_ request: SignedRequest, _ body: [UInt8]) -> RequestEvidence {
        RequestEvidence(
            method: "POST", targetURI: request.message.target.text,
            headers: request.message.fields, body: body)
    }

    private static func evidence(_ answer: SignedAnswer, _ body: [UInt8]) -> AnswerEvidence {
        AnswerEvidence(status: 200, headers: answer.message.fields, body: body)
    }
}
