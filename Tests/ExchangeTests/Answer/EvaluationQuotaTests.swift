import Membership
import Testing

@testable import Exchange

@Suite("Evaluation quota")
struct EvaluationQuotaTests {
    private static var directory: TestDirectory {
        var directory = TestDirectory()
        directory.members.append(.init("willow", at: "harbor-node"))
        return directory
    }

    private let scene: AnswerScene
    private let harbor: MemberEntry
    private let willow: MemberEntry

    init() throws {
        scene = try AnswerScene(Self.directory)
        harbor = try #require(scene.directory.current.member(Samples.member("harbor")))
        willow = try #require(scene.directory.current.member(Samples.member("willow")))
    }

    /// Whether the elements were given.
    private func spend(
        _ elements: Int, by member: MemberEntry, from quota: EvaluationQuota,
        perMember: Int = 10, perNode: Int = 1_000_000
    ) async throws -> Bool {
        do {
            try await quota.spend(
                elements, by: member,
                limits: .init(elementsPerMemberDay: perMember, elementsPerNodeDay: perNode),
                at: scene.clock.now)
            return true
        } catch let problem where problem.code == .quota {
            return false
        }
    }

    @Test("gives exactly a member's day, and a refused batch costs nothing")
    func member() async throws {
        let quota = EvaluationQuota(store: scene.node.store)
        #expect(try await spend(4, by: harbor, from: quota))
        #expect(try await !spend(7, by: harbor, from: quota))
        #expect(try await spend(6, by: harbor, from: quota))
        #expect(try await !spend(1, by: harbor, from: quota))
        #expect(try await spend(10, by: willow, from: quota), "another member has its own")
    }

    @Test("gives a node's members together no more than the node's day")
    func node() async throws {
        let quota = EvaluationQuota(store: scene.node.store)
        #expect(try await spend(8, by: harbor, from: quota, perNode: 12))
        #expect(try await !spend(5, by: willow, from: quota, perNode: 12))
        #expect(try await spend(4, by: willow, from: quota, perNode: 12))
        #expect(try await !spend(1, by: harbor, from: quota, perNode: 12))
    }

    @Test("says how long to wait: until the next day of UTC")
    func retryAfter() async throws {
        let quota = EvaluationQuota(store: scene.node.store)
        let now = Samples.time("2026-11-25T23:59:50Z")
        let problem = await #expect(throws: Problem.self) {
            try await quota.spend(
                11, by: harbor,
                limits: .init(elementsPerMemberDay: 10, elementsPerNodeDay: 100), at: now)
        }
        #expect(problem?.code == .quota)
        #expect(problem?.retryAfterSeconds == 10)
    }

    @Test("begins anew at midnight")
    func midnight() async throws {
        let quota = EvaluationQuota(store: scene.node.store)
        #expect(try await spend(10, by: harbor, from: quota))
        scene.clock.advance(by: .seconds(12 * 3600 - 1))
        #expect(try await !spend(1, by: harbor, from: quota))
        scene.clock.advance(by: .seconds(1))
        #expect(try await spend(10, by: harbor, from: quota))
        #expect(try await !spend(1, by: harbor, from: quota))
    }

    @Test("a restart gives nothing twice, and loses at most one portion")
    func restart() async throws {
        let day = 20_000
        var given = 0
        for restart in 0..<3 {
            let quota = EvaluationQuota(store: scene.node.store)
            var taken = 0
            while taken < (restart == 2 ? .max : 3_000),
                try await spend(100, by: harbor, from: quota, perMember: day)
            {
                taken += 100
            }
            given += taken
        }
        #expect(given <= day)
        #expect(given >= day - 2 * EvaluationQuota.portion - 100)
    }

    @Test("a restart remembers a day that is used up")
    func restartWhenUsedUp() async throws {
        #expect(
            try await spend(10, by: harbor, from: EvaluationQuota(store: scene.node.store)))
        #expect(
            try await !spend(1, by: harbor, from: EvaluationQuota(store: scene.node.store)))
    }

    @Test("many at once get no more than one after the other")
    func concurrent() async throws {
        let quota = EvaluationQuota(store: scene.node.store)
        let given = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask { try await spend(1, by: harbor, from: quota, perMember: 50) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(given == 50)
    }

    @Test("bounds evaluations, and nothing else")
    func evaluations() async throws {
        var directory = Self.directory
        directory.charter.quotas = .init(elementsPerMemberDay: 3, elementsPerNodeDay: 100)
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside")
        let caller = try scene.caller()
        let request = try Samples.evaluationRequest()
        _ = try await scene.answerer.evaluate(request, from: caller)
        let problem = await #expect(throws: Problem.self) {
            try await scene.answerer.evaluate(request, from: caller)
        }
        #expect(problem?.code == .quota)
        #expect(problem?.retryAfterSeconds == 12 * 3600)
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])

        let restarted = Answerer(
            context: scene.node.context, publisher: scene.publisher, version: "0.0-test")
        await #expect(throws: Problem.self) {
            try await restarted.evaluate(request, from: caller)
        }
    }
}
