import Exchange
import Pseudonym
import Testing
import TransparencyLog

@testable import Audit

@Suite("Opening blind evaluations")
struct EvaluationOpeningTests {
    private let scene: OpeningScene
    private let zhang = OpeningScene.zhang
    private let li = OpeningScene.li

    init() throws { scene = try OpeningScene() }

    private func codes(_ result: OpeningResult) -> [AuditFinding.Code] {
        result.findings.map(\.code)
    }

    @Test("what an honest asker sealed opens, and is just what the answerer was asked")
    func honest() async throws {
        let exchange = try scene.exchange(1, about: [zhang, li])
        try await exchange.log()
        try await exchange.logQuery()
        let result = try await scene.opened()
        #expect(result.findings == [])
        #expect(result.candidates == 1)
        let opened = try #require(result.evaluations.first)
        #expect(opened.subjects.map(\.content.identifier) == [zhang, li])
        #expect(opened.subjects.map(\.query) == [2, nil])
        #expect(opened.isCompared)
        #expect(scene.nodes.calls == ["harbor-node 0", "lakeside-node 0"])
    }

    @Test("a miss, which no query follows, is opened all the same")
    func miss() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        let result = try await scene.opened()
        #expect(result.findings == [])
        #expect(result.evaluations.first?.subjects.map(\.query) == [nil])
    }

    @Test("an evaluation that was not answered is opened by what the asker says alone")
    func unanswered() async throws {
        try await scene.exchange(1, about: [zhang]).log(answered: false)
        let result = try await scene.opened()
        #expect(result.findings == [])
        #expect(result.comparedCount == 0)
        #expect(result.subjectCount == 1)
    }

    @Test(
        "garbage in a box is found, with its element",
        arguments: [[], [UInt8](repeating: 7, count: 300), [UInt8](repeating: 0, count: 48)])
    func garbage(box: [UInt8]) async throws {
        try await scene.exchange(1, about: [zhang, li]) { [$0[0], box] }.log()
        let result = try await scene.opened()
        #expect(codes(result) == [.boxUnreadable])
        let finding = try #require(result.findings.first)
        #expect(finding.item == 1)
        #expect(finding.proof == "opened/0")
        #expect(finding.other == scene.scene.lakeside.id)
        #expect(scene.scene.copy(of: scene.scene.harbor).has("opened/0"))
    }

    @Test("a box that holds something else than the protocol's content is found")
    func otherContent() async throws {
        let key = try #require(scene.publicKeys["2026-11"]).publicKey
        try await scene.exchange(1, about: [zhang]) { _ in [try key.seal(Array("{}".utf8))] }.log()
        #expect(codes(try await scene.opened()) == [.boxUnreadable])
    }

    @Test("a box sealed to the key of another month is found")
    func otherMonth() async throws {
        let subjects = [zhang]
        try await BlindExchange(scene.scene, 1, about: subjects) {
            try scene.seal($0, subjects, number: 1, month: "2026-12")
        }.log()
        #expect(codes(try await scene.opened()) == [.boxUnreadable])
    }

    @Test("a box that names another subject than was asked about is found")
    func otherSubject() async throws {
        try await BlindExchange(scene.scene, 1, about: [zhang]) {
            try scene.seal($0, [li], number: 1)
        }.log()
        let result = try await scene.opened()
        #expect(codes(result) == [.elementDiffers])
        #expect(result.subjectCount == 0)
    }

    @Test("boxes in each other's places are found")
    func swapped() async throws {
        try await scene.exchange(1, about: [zhang, li]) { $0.reversed() }.log()
        let result = try await scene.opened()
        #expect(codes(result) == [.elementDiffers, .elementDiffers])
        #expect(result.findings.map(\.item) == [0, 1])
    }

    @Test("the boxes of another evaluation are found, though they are whole in themselves")
    func replayed() async throws {
        let first = try scene.exchange(1, about: [zhang])
        try await first.log()
        try await scene.exchange(2, about: [zhang]) { _ in first.boxes }.log()
        #expect(codes(try await scene.opened()) == [.elementDiffers])
    }

    @Test("a missing box is found, and none at all")
    func missing() async throws {
        try await scene.exchange(1, about: [zhang, li]) { Array($0.prefix(1)) }.log()
        try await scene.exchange(2, about: [zhang]) { _ in [] }.log()
        let result = try await scene.opened()
        #expect(codes(result) == [.boxMissing, .boxMissing])
        #expect(result.findings.map(\.item) == [1, 0])
    }

    @Test("boxes that were exchanged after the asking do not fit what it bound itself to")
    func exchangedAfterwards() async throws {
        let subjects = [zhang]
        var exchange = try scene.exchange(1, about: subjects)
        exchange.boxes = try scene.exchange(2, about: [li]).boxes
        try await exchange.log()
        #expect(codes(try await scene.opened()) == [.sealedDiffers, .elementDiffers])
    }

    @Test("an asking that bound itself to nothing is found")
    func unsealed() async throws {
        let subjects = [zhang]
        try await BlindExchange(
            scene.scene, 1, about: subjects,
            sealing: { try scene.seal($0, subjects, number: 1) }, sealed: { _ in nil }
        ).log()
        #expect(codes(try await scene.opened()) == [.sealedMissing])
    }

    @Test("a purpose that the asker's log states otherwise is found")
    func purpose() async throws {
        let subjects = [zhang]
        try await BlindExchange(scene.scene, 1, about: subjects, purpose: .postLoan) {
            try scene.seal($0, subjects, number: 1)
        }.log()
        #expect(codes(try await scene.opened()) == [.purposeDiffers])
    }

    @Test("a query that states another purpose or consent than the box is found")
    func query() async throws {
        let one = try scene.exchange(1, about: [zhang])
        try await one.log()
        try await one.logQuery(purpose: .postLoan)
        let other = try scene.exchange(2, about: [li])
        try await other.log()
        try await other.logQuery(consent: BlindExchange.consent(9))
        let result = try await scene.opened()
        #expect(codes(result) == [.purposeDiffers, .consentDiffers])
        #expect(result.findings.map(\.index) == [0, 3])
    }

    @Test("of a subject that was asked about twice in a minute, each query follows its own asking")
    func askedTwice() async throws {
        for number in 1...2 {
            let exchange = try scene.exchange(number, about: [zhang])
            try await exchange.log()
            try await exchange.logQuery()
        }
        let result = try await scene.opened()
        #expect(result.findings == [])
        #expect(result.evaluations.flatMap(\.subjects).map(\.query) == [2, 5])
    }

    @Test("a query long after is none that followed")
    func lateQuery() async throws {
        let exchange = try scene.exchange(1, about: [zhang])
        try await exchange.log()
        scene.scene.clock.advance(by: .seconds(601))
        try await exchange.logQuery(purpose: .postLoan)
        let result = try await scene.opened()
        #expect(result.findings == [])
        #expect(result.followedCount == 0)
    }

    @Test("a node that hands over nothing, or another entry's evidence, is found")
    func handsOverNothing() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        let harbor = scene.scene.harbor.id
        scene.nodes.hand { node, bytes in node == harbor ? nil : bytes }
        #expect(codes(try await scene.opened()) == [.evidenceMissing])
        scene.nodes.hand { node, bytes in
            node == harbor ? Array(#"{"index":5}"#.utf8) : bytes
        }
        #expect(codes(try await scene.opened()) == [.evidenceMalformed])
    }

    @Test("an answerer that lacks its side is found, in its own log")
    func answererLacks() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        let lakeside = scene.scene.lakeside.id
        scene.nodes.hand { node, bytes in node == lakeside ? nil : bytes }
        let result = try await scene.opened()
        #expect(codes(result) == [.evidenceMissing])
        #expect(result.findings.first?.node == lakeside)
        #expect(result.comparedCount == 0)
    }

    @Test("what was deleted after its time is told, and no finding")
    func over() async throws {
        for number in 1...2 { try await scene.exchange(number, about: [zhang]).log() }
        let nodes = [scene.scene.harbor, scene.scene.lakeside]
        // Copied before the end, and opened after it.
        scene.scene.clock.advance(by: .seconds(1_000_000 - 3601))
        try await scene.scene.mirrorBoth()
        scene.scene.clock.advance(by: .seconds(2))
        for node in nodes { try await node.log.forgetEvidence(before: scene.scene.clock.now) }
        for offline in [false, true] {
            let late = try await scene.opened(offline: offline, mirrors: false)
            #expect(late.findings == [] && late.evaluations.isEmpty && late.evidenceOver == 2)
        }
        let copiedLater = try await scene.opened()
        #expect(copiedLater.findings == [] && copiedLater.candidates == 0)
        #expect(copiedLater.evidenceOver == 2)
        let text = AuditText(.english).text(of: copiedLater, identifiers: false)
        #expect(text.contains("2 pieces of evidence are deleted, after their time"))
    }

    @Test("what was handed over is opened again without any node, and only that")
    func offline() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        await #expect(throws: AuditFailure.file("opened/0", "was not handed over yet")) {
            try await scene.opened(offline: true)
        }
        _ = try await scene.opened()
        let calls = scene.nodes.calls
        let again = try await scene.opened(offline: true)
        #expect(again.subjectCount == 1)
        #expect(scene.nodes.calls == calls)
    }

    @Test("without the month's key nothing is said of a box")
    func keyMissing() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        let others = scene.keys.filter { $0.key != "o-2026-11" }
        await #expect(throws: AuditFailure.openingKey("o-2026-11")) {
            try await scene.opened(keys: others)
        }
    }

    @Test("a lot is the same by the same seed, and another by another")
    func lot() async throws {
        for number in 0..<24 { try await scene.exchange(number, about: [zhang]).log() }
        func drawn(_ seed: UInt64) async throws -> [Int] {
            let selection = try #require(
                EntrySelection(member: nil, day: nil, count: 5, seed: seed))
            let result = try await scene.opened(selection)
            #expect(result.candidates == 24)
            return result.evaluations.map(\.index)
        }
        let first = try await drawn(1)
        #expect(first.count == 5)
        #expect(first == first.sorted())
        #expect(try await drawn(1) == first)
        #expect(try await drawn(2) != first)
    }

    @Test("a day and a member choose, and what is none is refused")
    func chosen() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        scene.scene.clock.advance(by: .seconds(86_400))
        try await scene.exchange(2, about: [li]).log()
        func opened(_ member: String, _ day: String) async throws -> [Int] {
            let selection = try #require(
                EntrySelection(
                    member: try sample(.init(member)), day: day, count: nil, seed: 0))
            return try await scene.opened(selection).evaluations.map(\.index)
        }
        #expect(try await opened("harbor", "2026-11-25") == [0])
        #expect(try await opened("harbor", "2026-11-26") == [2])
        #expect(try await opened("harbor", "2026-11-27") == [])
        #expect(try await opened("lakeside", "2026-11-25") == [])
        for count in [0, 10_001] {
            #expect(EntrySelection(member: nil, day: nil, count: count, seed: 0) == nil)
        }
        #expect(EntrySelection(member: nil, day: "2026-11-31", count: nil, seed: 0) == nil)
    }

    @Test("whom it was about is shown only where that was asked for")
    func identifiers() async throws {
        try await scene.exchange(1, about: [zhang]).log()
        let result = try await scene.opened()
        let open = { (identifiers: Bool) in
            [
                AuditText(.english).text(of: result, identifiers: identifiers),
                AuditText(.chinese).text(of: result, identifiers: identifiers),
                String(decoding: result.json(identifiers: identifiers).encoded, as: UTF8.self),
            ]
        }
        for text in open(true) { #expect(text.contains(zhang)) }
        for text in open(false) { #expect(!text.contains(zhang)) }
        var dumped = ""
        dump(result, to: &dumped)
        #expect(!dumped.contains(zhang))
    }
}
