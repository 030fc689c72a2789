import Exchange
import HTTPSignatures
import Membership
import Testing
import TransparencyLog

@Suite("Handing over what opens an evaluation")
struct BoxHandingTests {
    private let scene: LoggedScene
    private let desk: LogDesk
    private let boxes: [[UInt8]] = [[1, 2, 3], [4, 5, 6]]

    init() throws {
        scene = try LoggedScene()
        desk = LogDesk(context: scene.context, log: scene.log)
    }

    /// Adds an entry of an own member, with boxes beside it.
    private func fill(
        _ type: LogEntryType = .evaluationAsked, by member: String = "lakeside"
    ) async throws -> EntryIndex {
        var entry = LogEntry(type, at: Samples.now, node: scene.context.node)
        entry.member = Samples.member(member)
        entry.retainUntil = Samples.now.advanced(bySeconds: 1000)
        return try await scene.log.append(
            entry, evidence: Evidence(boxes: boxes), nonce: nil
        ).index
    }

    private func caller(supervises: [String] = ["lakeside"]) throws -> Caller {
        let node = try scene.scene.entry("harbor-node")
        let member = MemberEntry(
            id: Samples.member("examiner"), legalName: "Examiner (invented)", node: node.id,
            role: .regulator, supervises: supervises.map(Samples.member))
        return Caller(node: node, member: member)
    }

    private func request(_ index: EntryIndex, _ authority: AuthorityReference) throws
        -> SignedRequest
    {
        let target = try #require(
            TargetURI(
                endpoint: "https://lakeside.example",
                rawTarget: "/v1/evidence/\(index)?authority=\(authority.encoded)"))
        var generator = SystemRandomNumberGenerator()
        return try TestSignature.signer("examiner").sign(
            RequestMessage(method: .get, target: target, fields: []), content: [],
            created: Int(Samples.now.secondsSinceEpoch), nonce: SignatureNonce(from: &generator))
    }

    private func open(_ index: EntryIndex, for caller: Caller) async throws -> ServedEvidence {
        let authority = try #require(AuthorityReference("Order 2026/113"))
        return try await desk.evidence(
            of: index, for: caller,
            opening: OpeningRead(by: authority, request: try request(index, authority)))
    }

    @Test("the regulator of the member that asked gets the boxes for an authority, and only so")
    func boxes() async throws {
        let index = try await fill()
        let caller = try caller()
        #expect(try await open(index, for: caller).evidence.boxes == boxes)
        #expect(try await desk.evidence(of: index, for: caller).evidence.boxes == [])
    }

    @Test("the regulator of another member of the node gets evidence without boxes")
    func otherMember() async throws {
        let index = try await fill()
        let caller = try caller(supervises: ["reed"])
        #expect(try await open(index, for: caller).evidence.boxes == [])
        let other = try await fill(.queryAsked)
        #expect(try await open(other, for: try self.caller()).evidence.boxes == [])
    }

    @Test("who supervises nobody here gets nothing, and leaves no entry")
    func nobody() async throws {
        let index = try await fill()
        let problem = await #expect(throws: Problem.self) {
            try await open(index, for: try caller(supervises: ["harbor"]))
        }
        #expect(problem?.code == .notSupervised)
        #expect(try await scene.entries().count == 1)
    }

    @Test("the log commits to the authority, and keeps the request that the regulator signed")
    func logged() async throws {
        let index = try await fill()
        _ = try await open(index, for: try caller())
        let entry = try #require(try await scene.entries().last)
        #expect(entry.type == .auditRead)
        #expect(entry.target == "/v1/evidence/0")
        #expect(entry.peerMember == Samples.member("examiner"))
        #expect(try #require(entry.retainUntil) > Samples.now)
        let place = try #require(EntryIndex(1))
        let evidence = try #require(try await scene.log.evidence(of: place)).evidence
        let salt = try #require(evidence.salts.first)
        #expect(
            entry.caseCommitment == Commitment(to: Array("Order 2026/113".utf8), salt: salt))
        #expect(
            evidence.request?.targetURI
                == "https://lakeside.example/v1/evidence/0?authority=T3JkZXIgMjAyNi8xMTM")
        #expect(
            !String(decoding: try entry.bytes(), as: UTF8.self).contains("Order"),
            "an entry cannot be forgotten")
    }

    @Test("an authority is a short text in one spelling")
    func authority() throws {
        for text in ["", "a\nb", "\u{7F}", String(repeating: "x", count: 257)] {
            #expect(AuthorityReference(text) == nil)
        }
        for encoded in ["", "=", "QQ==", "QR", "_w", "Cg"] {
            #expect(AuthorityReference(encoded: encoded) == nil)
        }
        for text in ["A", "令 2026/113", String(repeating: "x", count: 256)] {
            let authority = try #require(AuthorityReference(text))
            #expect(AuthorityReference(encoded: authority.encoded) == authority)
        }
    }
}
