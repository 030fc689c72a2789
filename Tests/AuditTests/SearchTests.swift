import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import StrictJSON
import Testing
import TransparencyLog

@testable import Audit

@Suite("Searching copied logs")
struct SearchTests {
    private func search(
        _ scene: AuditScene, _ change: (inout SearchQuestion) throws -> Void
    ) throws -> [String] {
        var question = SearchQuestion()
        try change(&question)
        return try LogSearch(
            [scene.harbor, scene.lakeside].map(scene.copy), for: question
        ).run().matches.map { "\($0.entry.node) \($0.index)" }
    }

    @Test("by what entries say")
    func entries() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0).log()
        let between = scene.clock.now.advanced(bySeconds: 10)
        scene.clock.advance(by: .seconds(20))
        try await scene.exchange(1).logAsked()
        try await scene.exchange(1).logEnded(.queryTimedOut)
        try await scene.mirrorBoth()
        #expect(try search(scene) { _ in }.count == 5)
        #expect(
            try search(scene) { $0.types = [.queryAnswered] } == [
                "harbor-node 1", "lakeside-node 0",
            ])
        #expect(try search(scene) { $0.until = between }.count == 3)
        #expect(
            try search(scene) { $0.from = between } == ["harbor-node 2", "harbor-node 3"])
        #expect(try search(scene) { $0.purpose = .loanApproval }.count == 5)
        #expect(try search(scene) { $0.purpose = .postLoan } == [])
        #expect(try search(scene) { $0.member = MemberID("harbor") }.count == 5)
        #expect(try search(scene) { $0.member = MemberID("lakeside") } == [])
        #expect(try search(scene) { $0.node = NodeID("lakeside-node") }.count == 5)
        #expect(
            try search(scene) { $0.outcome = SearchOutcome("timed-out") } == ["harbor-node 3"])
    }

    @Test("by how it ended, as the evidence says it where the entry does not")
    func outcomes() async throws {
        let scene = try AuditScene()
        for (number, result) in [
            ["outcome": "none"], ["outcome": "found"],
            ["outcome": "refused", "code": "name-mismatch"],
        ].enumerated() as EnumeratedSequence<[JSONValue]> {
            try await scene.exchange(number, result: result).log()
        }
        try await scene.mirrorBoth()
        for (word, places) in [
            ("none", ["harbor-node 2", "lakeside-node 0"]),
            ("found", ["harbor-node 5", "lakeside-node 1"]),
            ("refused", ["harbor-node 8", "lakeside-node 2"]),
            ("name-mismatch", ["harbor-node 8", "lakeside-node 2"]), ("held-back", []),
        ] {
            let found = try search(scene) { $0.outcome = try sample(SearchOutcome(word)) }
            #expect(Set(found) == Set(places.map(Self.ofAnswer)), "\(word)")
        }
        #expect(SearchOutcome("invented") == nil)
    }

    /// In harbor's log every exchange has two entries, of which the second has the answer.
    private static func ofAnswer(_ place: String) -> String {
        switch place {
        case "harbor-node 2": "harbor-node 1"
        case "harbor-node 5": "harbor-node 3"
        case "harbor-node 8": "harbor-node 5"
        default: place
        }
    }

    @Test("every entry comes with a proof that another tool can check")
    func proofs() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<150)
        try await scene.mirrorBoth()
        let result = try LogSearch(
            [scene.harbor, scene.lakeside].map(scene.copy), for: SearchQuestion()
        ).run()
        #expect(result.count == 450 && result.matches.count == 450)
        for match in result.matches {
            let node = match.entry.node == scene.harbor.id ? scene.harbor : scene.lakeside
            let receipt = try Receipt(bytes: match.proof.bytes)
            try receipt.verify(log: [node.logSigner.key])
            #expect(receipt.index.value == match.index)
            #expect(try LogEntry(bytes: receipt.entry) == match.entry)
        }
    }

    @Test("a copy that proves nothing is not searched")
    func unproved() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<3)
        try await scene.mirrorBoth()
        try scene.copy(of: scene.harbor).folder.appending(path: "tile/entries/000.p/6")
            .changeByte(at: 40)
        #expect(throws: AuditFailure.self) { try search(scene) { _ in } }
    }
}

@Suite("Searching copied logs for a subject")
struct SubjectSearchTests {
    private static let sought = "999999199012310022"
    private static let other = "999999200002290131"

    /// What makes boxes and answers: the node's key, the regulator's, and the charter's schemes.
    private struct Keys {
        let node = VOPRFSecretKey.generate()
        let regulator = OpeningPrivateKey.generate()
        let schemes: SchemeRegistry

        init() throws { schemes = try SchemeRegistry(charter: [(scheme: "cn-rid", pattern: nil)]) }

        func identifier(_ text: String) throws -> Identifier {
            try schemes.identifier(text, scheme: "cn-rid")
        }

        func input(_ text: String) throws -> SubjectInput {
            SubjectInput(consortium: SceneNode.consortium, identifier: try identifier(text))
        }
    }

    /// Harbor has lakeside evaluate subjects; both its entries, with boxes.
    private func evaluate(
        _ subjects: [String], _ number: UInt8, _ keys: Keys, in scene: AuditScene,
        reference: UInt8
    ) async throws {
        let session = try BlindingSession(subjects.map(keys.input))
        let consent = Consent(
            basis: .consent, purposes: ["loan-approval"],
            reference: [UInt8](repeating: reference, count: 16), grantedAt: scene.clock.now,
            expiresAt: scene.clock.now.advanced(bySeconds: 1000),
            evidenceDigest: [UInt8](repeating: 1, count: 32))
        let boxes = try SealedBoxes(
            opening: session,
            of: subjects.map { BoxedSubject(try keys.identifier($0), consent: consent) },
            purpose: .loanApproval,
            to: OpeningKey(kid: "2026-11-test", publicKey: keys.regulator.publicKey))
        let request = EvaluationRequest(
            member: scene.harbor.member, kid: "k1", elements: session.elements,
            sealed: boxes.digest)
        let (elements, proof) = try keys.node.evaluate(session.elements)
        let answer = EvaluationAnswer(kid: "k1", elements: elements, proof: proof)
        let target = "https://lakeside.example/v1/evaluations"
        var entry = LogEntry(.evaluationAsked, at: scene.clock.now, node: scene.harbor.id)
        entry.member = scene.harbor.member
        entry.peer = scene.lakeside.id
        entry.kid = KeyID(rawValue: "k1")
        entry.count = subjects.count
        entry.request = .leaf([number])
        entry.retainUntil = scene.clock.now.advanced(bySeconds: 100_000)
        let evidence = Evidence(
            request: RequestEvidence(
                method: "POST", targetURI: target, headers: [], body: request.json.encoded),
            boxes: boxes.boxes)
        let asked = try await scene.harbor.log.append(entry, evidence: evidence, nonce: nil)
        // As `audit open` keeps what the node handed over.
        try scene.copy(of: scene.harbor).write(
            ServedEvidence(index: asked.index, entry: asked.bytes, evidence: evidence).json.encoded,
            to: MirrorFolder.openedName(asked.index.value))
        var ended = LogEntry(.evaluationAnswered, at: scene.clock.now, node: scene.harbor.id)
        ended.member = entry.member
        ended.peer = entry.peer
        ended.kid = entry.kid
        ended.request = entry.request
        ended.retainUntil = entry.retainUntil
        _ = try await scene.harbor.log.append(
            ended,
            evidence: Evidence(
                answer: AnswerEvidence(status: 200, headers: [], body: answer.json.encoded)),
            nonce: nil)
    }

    /// Lakeside answers a query of a member whose log nobody copied.
    private func answer(
        _ subject: String, _ number: UInt8, _ keys: Keys, in scene: AuditScene,
        kid: String = "k1", reference: UInt8
    ) async throws {
        let token = keys.node.output(for: try keys.input(subject)).token
        let reference = [UInt8](repeating: reference, count: 16)
        let query: JSONValue = [
            "token": .string(Base64URL.encode(token.bytes)),
            "consent": ["reference": .string(Base64URL.encode(reference))],
        ]
        let body: JSONValue = ["member": "reed", "kid": .string(kid), "queries": [query]]
        var entry = LogEntry(.queryAnswered, at: scene.clock.now, node: scene.lakeside.id)
        entry.peer = NodeID("reed-node")
        entry.peerMember = MemberID("reed")
        entry.kid = KeyID(rawValue: kid)
        entry.count = 1
        entry.request = .leaf([number])
        entry.retainUntil = scene.clock.now.advanced(bySeconds: 100_000)
        _ = try await scene.lakeside.log.append(
            entry,
            evidence: Evidence(
                request: RequestEvidence(
                    method: "POST", targetURI: "https://lakeside.example/v1/queries",
                    headers: [], body: body.encoded)), nonce: nil)
    }

    private func found(
        _ subject: String, _ keys: Keys, with key: OpeningPrivateKey? = nil, in scene: AuditScene
    ) throws -> SearchResult {
        var question = SearchQuestion()
        question.subject = SoughtSubject(
            try keys.identifier(subject), keys: ["2026-11-test": key ?? keys.regulator])
        return try LogSearch(
            [scene.harbor, scene.lakeside].map(scene.copy), for: question
        ).run()
    }

    @Test("one opened asking tells the token, by which queries of others are found")
    func byToken() async throws {
        let (scene, keys) = (try AuditScene(), try Keys())
        try await evaluate([Self.other, Self.sought], 1, keys, in: scene, reference: 1)
        try await evaluate([Self.other], 2, keys, in: scene, reference: 1)
        try await answer(Self.sought, 3, keys, in: scene, reference: 9)
        try await answer(Self.other, 4, keys, in: scene, reference: 9)
        // Under another key of the node the token would be another one.
        try await answer(Self.sought, 5, keys, in: scene, kid: "k2", reference: 9)
        try await scene.mirrorBoth()
        let result = try found(Self.sought, keys, in: scene)
        let places = result.matches.map { "\($0.entry.node) \($0.index)" }
        #expect(places == ["harbor-node 0", "harbor-node 1", "lakeside-node 0"])
        #expect(result.opening == SearchResult.Opening(boxes: 3, unopened: 0, names: 1))
        let others = try found(Self.other, keys, in: scene).matches
        #expect(others.map(\.index) == [0, 1, 2, 3, 1])
        for text in [result.json.prettyPrinted, AuditText(.english).text(of: result)] {
            #expect(!text.contains(Self.sought))
        }
    }

    @Test("a query under a consent of an opened asking is found without its token")
    func byConsent() async throws {
        let (scene, keys) = (try AuditScene(), try Keys())
        try await evaluate([Self.sought], 1, keys, in: scene, reference: 7)
        try await answer(Self.sought, 2, keys, in: scene, kid: "k2", reference: 7)
        try await scene.mirrorBoth()
        #expect(try found(Self.sought, keys, in: scene).matches.map(\.index) == [0, 1, 0])
    }

    @Test("without the right key nothing is found, and that is said")
    func otherKey() async throws {
        let (scene, keys) = (try AuditScene(), try Keys())
        try await evaluate([Self.sought], 1, keys, in: scene, reference: 1)
        try await answer(Self.sought, 2, keys, in: scene, reference: 1)
        try await scene.mirrorBoth()
        let result = try found(Self.sought, keys, with: .generate(), in: scene)
        #expect(result.count == 0)
        #expect(result.opening == SearchResult.Opening(boxes: 1, unopened: 1, names: 0))
    }
}
