import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

@testable import Audit

/// One query of one member at another node: the messages as they would go over the wire, and the three
/// entries that tell of it.
struct SceneExchange {
    let asker: SceneNode
    let answerer: SceneNode
    let request: SignedRequest
    let requestBody: [UInt8]
    let answer: SignedAnswer
    let answerBody: [UInt8]
    let items: [[UInt8]]
    let now: Timestamp

    /// An exchange that differs from those of other numbers.
    ///
    /// - Parameters:
    ///   - signer: who signs the request, in place of the asker.
    ///   - consentPurposes: what the consent covers; nil for one that is its reference alone.
    ///   - result: what is answered.
    ///   - whole: the request's content in place of all that.
    ///   - wholeAnswer: the answer's content in place of all that.
    init(
        _ number: Int, from asker: SceneNode, to answerer: SceneNode, at now: Timestamp,
        signer: MessageSigner? = nil, consentPurposes: [String]? = nil,
        result: JSONValue = ["outcome": "none"], request whole: [UInt8]? = nil,
        answer wholeAnswer: [UInt8]? = nil
    ) throws {
        self.asker = asker
        self.answerer = answerer
        self.now = now
        let bytes = { (count: Int) in
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) ^ 0x5A }
        }
        let (token, reference) = (bytes(32), bytes(16))
        items = whole.flatMap { RequestItems(of: $0)?.values } ?? [token + reference]
        let consent = consentPurposes.map {
            Consent(
                basis: .consent, purposes: $0, reference: reference,
                grantedAt: now.advanced(bySeconds: -1000),
                expiresAt: now.advanced(bySeconds: 100_000), evidenceDigest: token
            ).json
        }
        let query: JSONValue = [
            "token": .string(Base64URL.encode(token)),
            "consent": consent ?? ["reference": .string(Base64URL.encode(reference))],
        ]
        let body: JSONValue = [
            "member": .string(asker.name), "kid": "k1", "purpose": "loan-approval",
            "queries": [query],
        ]
        requestBody = whole ?? body.encoded
        let target = try sample(
            TargetURI(endpoint: answerer.endpoint, rawTarget: "/v1/queries"))
        let fields = [HeaderField("content-type", "application/json")]
        request = try (signer ?? asker.requestSigner()).sign(
            RequestMessage(method: .post, target: target, fields: fields), content: requestBody,
            created: Int(now.secondsSinceEpoch),
            nonce: try sample(SignatureNonce(bytes: bytes(16))))
        let results: JSONValue = ["results": [result]]
        answerBody = wholeAnswer ?? results.encoded
        answer = try answerer.answerSigner().sign(
            try sample(AnswerMessage(status: 200, fields: fields)), content: answerBody,
            to: request, created: Int(now.secondsSinceEpoch))
    }

    private var salts: [CommitmentSalt] {
        items.compactMap { CommitmentSalt(bytes: ($0 + $0).prefix(CommitmentSalt.count)) }
    }

    /// What lies beside an entry; the answer is not there yet when it is about to be asked.
    func evidence(hasAnswer: Bool) -> Evidence {
        Evidence(
            request: RequestEvidence(
                method: "POST", targetURI: request.message.target.text,
                headers: request.message.fields, body: requestBody),
            answer: hasAnswer
                ? AnswerEvidence(
                    status: 200, headers: answer.message.fields, body: answerBody) : nil,
            salts: salts)
    }

    /// An entry of one side.
    func entry(_ type: LogEntryType, isAsker: Bool) -> LogEntry {
        let node = isAsker ? asker.id : answerer.id
        var entry = LogEntry(type, at: now, node: node)
        entry.member = isAsker ? asker.member : nil
        entry.peer = isAsker ? answerer.id : asker.id
        entry.peerMember = isAsker ? nil : asker.member
        entry.count = 1
        entry.kid = KeyID(rawValue: "k1")
        entry.purpose = .loanApproval
        entry.request = MerkleHash(bytes: request.base.digest)
        entry.itemsRoot = Commitment.itemsRoot(
            zip(items, salts).map { Commitment(to: $0, salt: $1) })
        entry.retainUntil = now.advanced(bySeconds: 100_000)
        if type == .queryAnswered { entry.response = MerkleHash(bytes: answer.base.digest) }
        return entry
    }

    /// Writes all three entries.
    func log() async throws {
        try await logAsked()
        try await logAnswered()
        try await logEnded()
    }

    func logAsked() async throws {
        _ = try await asker.log.append(
            entry(.queryAsked, isAsker: true), evidence: evidence(hasAnswer: false), nonce: nil)
    }

    func logAnswered(in log: (any ExchangeLog)? = nil) async throws {
        _ = try await (log ?? answerer.log).append(
            entry(.queryAnswered, isAsker: false), evidence: evidence(hasAnswer: true), nonce: nil)
    }

    func logEnded(_ type: LogEntryType = .queryAnswered) async throws {
        // As nodes write it: what was asked stands beside the first entry.
        var entry = entry(type, isAsker: true)
        entry.itemsRoot = nil
        let isSilent = type == .queryTimedOut
        _ = try await asker.log.append(
            entry,
            evidence: isSilent ? nil : Evidence(answer: evidence(hasAnswer: true).answer),
            nonce: nil)
    }
}

extension AuditScene {
    /// Harbor asks at lakeside, that often; all of it is logged.
    func exchange(_ numbers: Range<Int>) async throws {
        for number in numbers { try await exchange(number).log() }
    }

    /// The same, of which lakeside's log alone has anything.
    func answered(_ numbers: Range<Int>) async throws {
        for number in numbers { try await exchange(number).logAnswered() }
    }

    func exchange(
        _ number: Int, consentPurposes: [String]? = nil, result: JSONValue = ["outcome": "none"]
    ) throws -> SceneExchange {
        try SceneExchange(
            number, from: harbor, to: lakeside, at: clock.now, consentPurposes: consentPurposes,
            result: result)
    }
}
