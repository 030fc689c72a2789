import Exchange
import Membership
import Pseudonym
import Synchronization
import Testing

@Suite("Openable evaluations")
struct OpenableEvaluationTests {
    /// A scene under a charter that wants evaluations openable; a book is held, so that misses count.
    private func scene(_ template: TestDirectory) async throws -> AskScene {
        let scene = try await AskScene(template)
        try await scene.hold(.zhang, by: "lakeside")
        try await scene.hold(.wang, by: "reed")
        return scene
    }

    /// The evaluations that lakeside-node is asked, as it sees them.
    private func requests(of scene: AskScene) -> SeenRequests {
        let seen = SeenRequests()
        scene.peers.change("lakeside-node") { script in
            let honest = script.evaluate
            script.evaluate = { request throws(PeerFailure) in
                seen.add(request)
                return try await honest(request)
            }
        }
        return seen
    }

    @Test("an evaluation binds the asker to boxes that the regulator opens, and keeps them")
    func sealed() async throws {
        let site = try OpeningSite(["2026-11", "2026-12"])
        let scene = try await scene(site.directory())
        let seen = requests(of: scene)
        #expect(try await scene.report().words["lakeside"] == "record")
        let request = try #require(seen.all.first)
        let boxes = try #require(try await scene.own.evidence(of: 0)).boxes
        #expect(boxes.count == 1)
        #expect(request.sealed == SealedBoxes(boxes).digest)
        let content = try #require(try site.open(boxes[0]))
        #expect(content.element == request.elements[0].bytes)
        #expect(content.scheme == "cn-rid")
        #expect(content.identifier == Samples.Resident.zhang.rawValue)
        #expect(content.purpose == "loan-approval")
        #expect(content.consent == Samples.consent().reference)
        #expect(content.evidenceDigest == Samples.consent().evidenceDigest)
        #expect(content.opening == "o-2026-11")
        #expect(try site.open(boxes[0], month: "2026-12") == nil, "another month's key")
        let blinding = try #require(
            OpenedBlinding(
                consortium: TestDirectory.consortium, scheme: content.scheme,
                normalForm: content.identifier, blind: content.blind))
        #expect(blinding.element == request.elements[0])
    }

    @Test("what lies in the asker's files names nobody, and says the boxes' salts nowhere")
    func unreadable() async throws {
        let site = try OpeningSite(["2026-11"])
        let scene = try await scene(site.directory())
        _ = try await scene.report()
        let boxes = try #require(try await scene.own.evidence(of: 0)).boxes
        let content = try #require(try site.open(boxes[0]))
        let stored = try scene.own.storedBytes()
        for secret in [content.salt, content.blind, Array(content.identifier.utf8)] {
            #expect(stored.firstRange(of: secret) == nil)
            #expect(stored.firstRange(of: Array(Base64URL.encode(secret).utf8)) == nil)
        }
    }

    @Test("no two boxes have a salt in common, and each node's has another factor")
    func fresh() async throws {
        let site = try OpeningSite(["2026-11"])
        let scene = try await scene(site.directory())
        _ = try await scene.report()
        _ = try await scene.report()
        let entries = try await scene.own.entries()
        let places = entries.indices.filter { entries[$0].type == .evaluationAsked }
        #expect(places.count == 2)
        var contents: [BoxContent] = []
        for place in places {
            let boxes = try #require(try await scene.own.evidence(of: place)).boxes
            contents.append(try #require(try site.open(boxes[0])))
        }
        #expect(Set(contents.map(\.salt)).count == 2)
        #expect(Set(contents.map(\.blind)).count == 2)
    }

    @Test("the key of the month is used, as the asker's clock has it in UTC")
    func month() async throws {
        let site = try OpeningSite(["2026-11", "2026-12"])
        let scene = try await scene(site.directory())
        let december = Samples.time("2026-12-01T00:00:00Z")
        scene.clock.advance(by: .seconds(december.seconds(since: scene.clock.now)))
        _ = try await scene.report()
        let boxes = try #require(try await scene.own.evidence(of: 0)).boxes
        #expect(try site.open(boxes[0], month: "2026-12")?.opening == "o-2026-12")
    }

    @Test(
        "in a month without a key nothing is asked, for whatever purpose, and every lender says so",
        arguments: [Purpose.loanApproval, .postLoan])
    func noKey(purpose: Purpose) async throws {
        let site = try OpeningSite(["2026-10", "2026-12"])
        let scene = try await scene(site.directory())
        let report = try await scene.report(purpose: purpose)
        #expect(
            report.words == ["lakeside": "error no-opening-key", "reed": "error no-opening-key"])
        #expect(!report.isComplete)
        #expect(!scene.peers.calls.contains(.evaluate("lakeside-node", kid: "k1")))
    }

    @Test(
        "nothing is asked while the opening regulator takes no part",
        arguments: [
            MemberEntry.Status.suspended, .withdrawn,
        ])
    func regulatorIsOut(status: MemberEntry.Status) async throws {
        let site = try OpeningSite(["2026-11"])
        let scene = try await scene(site.directory(status: status))
        #expect(try await scene.report().words["lakeside"] == "error no-opening-key")
    }

    @Test(
        "operators are warned from a week before a month without a key",
        arguments: [
            ("2026-11-01T00:00:00Z", nil), ("2026-11-23T23:59:59Z", nil),
            ("2026-11-24T00:00:00Z", .ends(month: "2026-12")),
            ("2026-12-01T00:00:00Z", .missing(month: "2026-12")),
            ("2026-10-31T23:59:59Z", .missing(month: "2026-10")),
        ] as [(String, OpeningOutlook?)])
    func outlook(time: String, outlook: OpeningOutlook?) throws {
        let directory = try OpeningSite(["2026-11"]).directory().directory()
        #expect(directory.openingOutlook(at: Samples.time(time)) == outlook)
        #expect(try TestDirectory().directory().openingOutlook(at: Samples.time(time)) == nil)
    }

    @Test("a charter that names no regulator wants no boxes")
    func notWanted() async throws {
        let scene = try await scene(TestDirectory())
        let seen = requests(of: scene)
        #expect(try await scene.report().words["lakeside"] == "record")
        #expect(seen.all.map(\.sealed) == [nil])
        #expect(try await scene.own.evidence(of: 0)?.boxes == [])
    }

    @Test("an answerer refuses an evaluation that is not sealed where the charter wants it")
    func answererRefuses() async throws {
        let site = try OpeningSite(["2026-11"])
        let scene = try await scene(site.directory())
        let lakeside = try #require(scene.others["lakeside-node"])
        let answerer = Answerer(
            context: lakeside.node.context, publisher: lakeside.publisher, version: "0.0-test")
        let directory = scene.directory.current
        let caller = Caller(
            node: try #require(directory.node(Samples.node("harbor-node"))),
            member: try #require(directory.member(Samples.member("harbor"))))
        let elements = try Samples.evaluationRequest().elements
        let request = { (sealed: SHA256Digest?) in
            EvaluationRequest(
                member: Samples.member("harbor"), kid: "k1", elements: elements, sealed: sealed)
        }
        let problem = await #expect(throws: Problem.self) {
            try await answerer.evaluate(request(nil), from: caller)
        }
        #expect(problem?.code == .badRequest)
        let answer = try await answerer.evaluate(
            request(SealedBoxes([]).digest), from: caller)
        #expect(answer.elements.count == elements.count)
    }
}

/// Requests as they come, from any task.
private final class SeenRequests: Sendable {
    private let requests = Mutex<[EvaluationRequest]>([])

    func add(_ request: EvaluationRequest) { requests.withLock { $0.append(request) } }

    var all: [EvaluationRequest] { requests.withLock { $0 } }
}
