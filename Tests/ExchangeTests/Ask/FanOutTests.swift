import Membership
import Pseudonym
import Synchronization
import TestSupport
import Testing

@testable import Exchange

@Suite("Asking many nodes", .timeLimit(.minutes(5)))
struct FanOutTests {
    /// So many other nodes with one lender each.
    private static func directory(_ count: Int) -> TestDirectory {
        var directory = TestDirectory()
        directory.nodes = [.init("harbor-node")] + (1...count).map { .init("node-\($0)") }
        directory.members =
            [.init("harbor", at: "harbor-node")]
            + (1...count).map { .init("lender-\($0)", at: "node-\($0)") }
        return directory
    }

    /// An asker in front of nodes that have no store, only a script.
    private struct Scene {
        let inquirer: Inquirer
        let peers: ScriptedPeers
        /// The asker's store lives as long as this.
        let own: TestNode
    }

    private static func scene(
        _ count: Int, _ script: (Int) -> ScriptedPeers.Script
    ) throws -> Scene {
        var template = directory(count)
        for number in 1...count {
            template = template.listing(
                [try TestNode.key(seed: UInt8(number))], of: "node-\(number)")
        }
        let own = try TestNode(
            "harbor-node", keys: [TestNode.key(seed: 255)],
            directory: ManualDirectory(template.directory()))
        let peers = ScriptedPeers()
        for number in 1...count { peers.set(script(number), for: "node-\(number)") }
        let inquirer = Inquirer(
            context: own.context, peers: peers,
            filters: PeerFilters(context: own.context, peers: peers),
            references: try #require(ReferenceKey(bytes: 0..<32)), standards: .embedded)
        return Scene(inquirer: inquirer, peers: peers, own: own)
    }

    private static func request(deadline: Duration = .seconds(10)) -> ReportRequest {
        ReportRequest(
            member: Samples.member("harbor"), identifier: Samples.Resident.zhang.identifier,
            name: Samples.name("张三"), purpose: .postLoan,
            consent: Samples.consent(["post-loan"]), deadline: deadline)
    }

    @Test("64 nodes are asked at a time, the others when one has answered")
    func bounded() async throws {
        let crowd = Crowd(opensAt: ExchangeLimits.fanOutMax)
        let scene = try Self.scene(100) { _ in
            var script = ScriptedPeers.Script.failing(.unreachable)
            script.evaluate = { _ throws(PeerFailure) in
                await crowd.enter()
                // Time for a 65th to come in beside the 64, were it let in.
                for _ in 0..<100 { await Task.yield() }
                await crowd.leave()
                throw .unreachable
            }
            return script
        }
        let report = try await scene.inquirer.report(Self.request())
        #expect(await crowd.mostAtOnce == ExchangeLimits.fanOutMax)
        #expect(scene.peers.calls.count == 100)
        #expect(report.members.count == 100)
        #expect(report.members.allSatisfy { $0.outcome == .error(.unreachable) })
    }

    @Test("a slow node keeps nobody waiting but itself")
    func slow() async throws {
        let crowd = Crowd(opensAt: 3)
        let scene = try Self.scene(3) { number in
            var script = ScriptedPeers.Script.failing(.unreachable)
            script.evaluate = { _ throws(PeerFailure) in
                // Each goes on only when all three are under way.
                await crowd.enter()
                throw number == 2 ? .timedOut : .unreachable
            }
            return script
        }
        let report = try await scene.inquirer.report(Self.request())
        #expect(
            report.words == [
                "lender-1": "error unreachable", "lender-2": "timed-out",
                "lender-3": "error unreachable",
            ])
    }

    @Test(
        "every call ends by the report's deadline, and no report takes longer than a minute",
        arguments: [
            (.milliseconds(200), .milliseconds(200)), (.seconds(60), .seconds(60)),
            (.seconds(3600), .seconds(60)),
        ] as [(Duration, Duration)])
    func deadline(asked: Duration, given: Duration) async throws {
        let scene = try Self.scene(5) { _ in .failing(.timedOut) }
        let before = ContinuousClock.now
        let report = try await scene.inquirer.report(Self.request(deadline: asked))
        let after = ContinuousClock.now
        #expect(Set(scene.peers.deadlines).count == 1)
        for deadline in scene.peers.deadlines {
            #expect((before + given...after + given).contains(deadline))
        }
        #expect(report.members.allSatisfy { $0.outcome == .timedOut })
    }

    @Test("two nodes cannot see that they were asked about the same subject")
    func blinding() async throws {
        let seen = Mutex<[BlindedElement]>([])
        let scene = try Self.scene(4) { _ in
            var script = ScriptedPeers.Script.failing(.unreachable)
            script.evaluate = { request throws(PeerFailure) in
                seen.withLock { $0 += request.elements }
                throw .unreachable
            }
            return script
        }
        _ = try await scene.inquirer.report(Self.request())
        _ = try await scene.inquirer.report(Self.request())
        #expect(seen.withLock { Set($0).count } == 8)
    }

    @Test("whatever fails where, every lender has exactly one outcome", arguments: 0..<20)
    func anyFailure(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let failures: [PeerFailure] = [
            .timedOut, .unreachable, .wrongIdentity, .refused(.overloaded), .refused(nil),
            .malformed("x"),
        ]
        let chosen = (0..<30).map { _ in
            failures[Int.random(in: failures.indices, using: &generator)]
        }
        let scene = try Self.scene(30) { .failing(chosen[$0 - 1]) }
        let report = try await scene.inquirer.report(Self.request())
        #expect(report.members.map(\.member.text) == (1...30).map { "lender-\($0)" })
        for (line, failure) in zip(report.members, chosen) {
            #expect(line.outcome == MemberOutcome(failure))
            #expect(!line.outcome.isAnswer)
        }
        #expect(report.nodes.count == 30)
        #expect(!report.isComplete)
    }
}

/// Counts who is inside at a time; nobody goes on before so many have come in once.
private actor Crowd {
    private let opensAt: Int
    private var inside = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false
    private(set) var mostAtOnce = 0

    init(opensAt: Int) {
        self.opensAt = opensAt
    }

    func enter() async {
        inside += 1
        mostAtOnce = max(mostAtOnce, inside)
        if inside == opensAt {
            isOpen = true
            waiting.forEach { $0.resume() }
            waiting = []
        }
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        inside -= 1
    }
}
