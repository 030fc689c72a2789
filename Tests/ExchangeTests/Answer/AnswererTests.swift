import Membership
import Pseudonym
import Testing

@testable import Exchange

@Suite("Answerer: who may ask, and under which key")
struct AnswererTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let member: String
        let node: String
        let code: ProblemCode?

        init(_ name: String, _ member: String, _ node: String, _ code: ProblemCode?) {
            testDescription = name
            self.member = member
            self.node = node
            self.code = code
        }
    }

    private static var directory: TestDirectory {
        var directory = TestDirectory()
        directory.members += [
            .init("paused", at: "harbor-node", status: .suspended),
            .init("gone", at: "harbor-node", status: .withdrawn),
            .init("novice", at: "harbor-node", status: .trial),
            .init("watchdog", at: "harbor-node", role: .regulator),
            .init("helper", at: "harbor-node", role: .servicer),
        ]
        return directory
    }

    @Test(
        "only an own lender of the calling node that takes part",
        arguments: [
            Case("a lender", "harbor", "harbor-node", nil),
            Case("a lender on trial", "novice", "harbor-node", nil),
            Case("a member of the answering node", "reed", "lakeside-node", nil),
            Case("a member of another node", "lakeside", "harbor-node", .unknownMember),
            Case("a member that does not exist", "nobody", "harbor-node", .unknownMember),
            Case("a suspended member", "paused", "harbor-node", .suspended),
            Case("a withdrawn member", "gone", "harbor-node", .suspended),
            Case("a regulator", "watchdog", "harbor-node", .role),
            Case("a servicer", "helper", "harbor-node", .role),
        ])
    func callers(_ caller: Case) async throws {
        let scene = try AnswerScene(Self.directory)
        try await expect(
            caller.code, of: scene, member: caller.member, kid: "k1",
            from: scene.caller(caller.node, as: caller.member))
    }

    @Test(
        "the current key and retiring ones answer, next and unknown ones do not",
        arguments: [
            ("k1", .unknownKID), ("k2", nil), ("k3", nil), ("k4", .unknownKID),
            ("K2", .unknownKID),
        ] as [(String, ProblemCode?)])
    func keys(kid: String, code: ProblemCode?) async throws {
        let keys = try [
            TestNode.key("k1", state: .next), TestNode.key("k2", state: .current),
            TestNode.key("k3", state: .retiring),
        ]
        let scene = try AnswerScene(keys: keys)
        try await expect(
            code, of: scene, member: "harbor", kid: kid, from: scene.caller())
    }

    @Test("the member is judged before the key")
    func order() async throws {
        let scene = try AnswerScene()
        try await expect(
            .unknownMember, of: scene, member: "nobody", kid: "k9",
            from: scene.caller())
    }

    @Test("a member that the request names must be the one that signed it")
    func otherSigner() async throws {
        let scene = try AnswerScene(Self.directory)
        try await expect(
            .unknownMember, of: scene, member: "harbor", kid: "k1",
            from: scene.caller(as: "novice"))
    }

    @Test("a change of the directory takes effect at the next request")
    func suspension() async throws {
        let scene = try AnswerScene()
        let caller = try scene.caller()
        try await expect(nil, of: scene, member: "harbor", kid: "k1", from: caller)
        scene.directory.replace(
            with: try TestDirectory().with("harbor", .suspended).directory())
        try await expect(.suspended, of: scene, member: "harbor", kid: "k1", from: caller)
    }

    @Test("an evaluation gives the outputs that the key itself gives")
    func outputs() async throws {
        let scene = try AnswerScene()
        let inputs = Samples.Resident.allCases.map(Samples.input)
        let session = try BlindingSession(inputs)
        let answer = try await scene.answerer.evaluate(
            EvaluationRequest(
                member: Samples.member("harbor"), kid: "k1", elements: session.elements),
            from: scene.caller())
        let key = scene.node.context.keys.current.secret
        let outputs = try session.finish(
            evaluated: answer.elements, proof: answer.proof, key: key.publicKey)
        #expect(answer.kid == "k1")
        #expect(outputs == inputs.map { key.output(for: $0) })
    }

    @Test(
        "a batch has 1 to 1024 elements",
        arguments: [(0, false), (1, true), (1024, true), (1025, false)])
    func batch(count: Int, isAnswered: Bool) async throws {
        let scene = try AnswerScene()
        let element = try Samples.evaluationRequest().elements[0]
        let request = EvaluationRequest(
            member: Samples.member("harbor"), kid: "k1",
            elements: Array(repeating: element, count: count))
        let caller = try scene.caller()
        guard isAnswered else {
            let problem = await #expect(throws: Problem.self) {
                try await scene.answerer.evaluate(request, from: caller)
            }
            #expect(problem?.code == .batchSize)
            return
        }
        let answer = try await scene.answerer.evaluate(request, from: caller)
        #expect(answer.elements.count == count)
    }

    @Test(
        "manifest and filters are for nodes with a lender that takes part",
        arguments: [
            (MemberEntry.Role.lender, .active, nil), (.lender, .trial, nil),
            (.lender, .suspended, .suspended), (.lender, .withdrawn, .suspended),
            (.regulator, .active, .role), (.servicer, .active, .role),
        ] as [(MemberEntry.Role, MemberEntry.Status, ProblemCode?)])
    func gets(role: MemberEntry.Role, status: MemberEntry.Status, code: ProblemCode?) async throws {
        let scene = try AnswerScene(
            TestDirectory().changing("harbor") { member in
                member.role = role
                member.status = status
            })
        try await scene.publisher.refresh()
        let digest = try #require(await scene.publisher.manifest?.filters.first).digest
        let caller = try scene.caller()
        #expect(await Self.code { _ = try await scene.answerer.manifest(for: caller) } == code)
        #expect(
            await Self.code { _ = try await scene.answerer.filter(digest: digest, for: caller) }
                == code)
    }

    @Test("before the first filter there is no manifest, and a filter nobody made is not found")
    func starting() async throws {
        let scene = try AnswerScene()
        let caller = try scene.caller()
        let problem = await #expect(throws: Problem.self) {
            try await scene.answerer.manifest(for: caller)
        }
        #expect(problem?.code == .starting)
        #expect(problem?.retryAfterSeconds != nil)
        let digest = Samples.bytes(9, count: 32)
        #expect(
            await Self.code { _ = try await scene.answerer.filter(digest: digest, for: caller) }
                == .notFound)
    }

    @Test("a node says what it is")
    func node() async throws {
        let scene = try AnswerScene()
        #expect(
            try await scene.answerer.node()
                == NodeStatement(
                    node: Samples.node("lakeside-node"), version: "0.0-test",
                    features: ["reachability"], kid: "k1", asOf: Samples.now))
    }

    /// All three ways in say the same.
    private func expect(
        _ code: ProblemCode?, of scene: AnswerScene, member: String, kid: String,
        from caller: Caller
    ) async throws {
        let evaluation = try Samples.evaluationRequest(member: member, kid: kid)
        let query = Samples.queryRequest(member: member, kid: kid)
        let id = Samples.member(member)
        #expect(await Self.code { try scene.answerer.admit(id, kid: kid, from: caller) } == code)
        #expect(
            await Self.code { _ = try await scene.answerer.evaluate(evaluation, from: caller) }
                == code)
        #expect(
            await Self.code { _ = try await scene.answerer.query(query, from: caller) } == code)
    }

    private static func code(_ body: () async throws -> Void) async -> ProblemCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? Problem)?.code
        }
    }
}
