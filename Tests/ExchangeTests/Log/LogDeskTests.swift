import Exchange
import Membership
import Testing
import TransparencyLog

@Suite("Who may read a node's log")
struct LogDeskTests {
    private let scene: LoggedScene
    private let desk: LogDesk

    init() throws {
        scene = try LoggedScene()
        desk = LogDesk(context: scene.context, log: scene.log)
    }

    /// Adds an entry with evidence.
    private func fill() async throws -> LoggedEntry {
        var entry = LogEntry(.queryAnswered, at: Samples.now, node: scene.context.node)
        entry.retainUntil = Samples.now.advanced(bySeconds: 1000)
        return try await scene.log.append(entry, evidence: Evidence(), nonce: nil)
    }

    private func caller(
        _ role: MemberEntry.Role = .regulator, status: MemberEntry.Status = .active,
        supervises: [String] = ["lakeside"]
    ) throws -> Caller {
        let node = try scene.scene.entry("harbor-node")
        let member = MemberEntry(
            id: Samples.member("examiner"), legalName: "Examiner (invented)", node: node.id,
            role: role, status: status, supervises: supervises.map(Samples.member))
        return Caller(node: node, member: member)
    }

    private func bundle(_ width: Int) throws -> EntryBundleID {
        try #require(EntryBundleID(index: 0, width: width))
    }

    @Test("a regulator that supervises a member reads, and every reading is logged before")
    func regulator() async throws {
        let logged = try await fill()
        let caller = try caller()
        let bytes = try await desk.entries(bundle(1), for: caller)
        #expect(try EntryBundle(bytes: bytes, count: 1).entries == [logged.bytes])
        let evidence = try await desk.evidence(of: logged.index, for: caller)
        #expect(evidence.entry == logged.bytes)
        let reads = try await scene.entries().filter { $0.type == .auditRead }
        #expect(
            reads.map(\.target) == ["/v1/log/tile/entries/000.p/1", "/v1/evidence/0"])
        #expect(reads.allSatisfy { $0.peerMember == Samples.member("examiner") })
        #expect(reads.allSatisfy { $0.peer == Samples.node("harbor-node") })
    }

    @Test("to a regulator what is not there is not found")
    func notThere() async throws {
        let caller = try caller()
        let index = try #require(EntryIndex(7))
        await expect(.notFound) { try await desk.evidence(of: index, for: caller) }
        await expect(.notFound) { try await desk.entries(bundle(200), for: caller) }
    }

    @Test("anybody else learns nothing, not even what is there")
    func others() async throws {
        let logged = try await fill()
        let nowhere = try #require(EntryIndex(7))
        let others = [
            try caller(.lender), try caller(.servicer), try caller(status: .suspended),
            try caller(supervises: []), try caller(supervises: ["harbor"]),
        ]
        for other in others {
            for index in [logged.index, nowhere] {
                await expect(.notSupervised) { try await desk.evidence(of: index, for: other) }
            }
            await expect(.notSupervised) { try await desk.entries(bundle(1), for: other) }
        }
        #expect(try await scene.entries().map(\.type) == [.queryAnswered])
    }

    @Test("checkpoint and hashes are served as the log has them")
    func open() async throws {
        let tile = try #require(TileID(level: 0, index: 0, width: 1))
        await expect(.notFound) { try await desk.tile(tile) }
        let logged = try await fill()
        #expect(try await desk.tile(tile) == MerkleHash.leaf(logged.bytes).bytes)
        let checkpoint = try SignedCheckpoint(bytes: try await desk.checkpoint())
        #expect(checkpoint.checkpoint.head.size.value == 1)
    }

    private func expect<Value>(
        _ code: ProblemCode, _ body: () async throws -> Value
    ) async {
        let problem = await #expect(throws: Problem.self) { _ = try await body() }
        #expect(problem?.code == code)
    }
}
