import Exchange
import Testing
import TransparencyLog

@testable import Audit

@Suite("Comparing the logs of two nodes")
struct ReconciliationTests {
    /// The codes of what is found, after an honest exchange and one that is made by the test.
    private func found(
        _ exchange: (AuditScene, SceneExchange) async throws -> Void
    ) async throws -> [AuditFinding] {
        let scene = try AuditScene()
        try await scene.exchange(0..<5)
        try await exchange(scene, try scene.exchange(5))
        try await scene.mirrorBoth()
        #expect(try scene.verified(scene.harbor) == [])
        #expect(try scene.verified(scene.lakeside) == [])
        return try scene.reconciled()
    }

    @Test("finds nothing where both sides logged everything")
    func honest() async throws {
        let findings = try await found { _, exchange in try await exchange.log() }
        #expect(findings == [])
    }

    @Test("finds an answer that the answerer did not log")
    func answererLacks() async throws {
        let findings = try await found { _, exchange in
            try await exchange.logAsked()
            try await exchange.logEnded()
        }
        #expect(findings.map(\.code) == [.answererLacks])
        #expect(findings.map { "\($0.node) \($0.index ?? -1)" } == ["harbor-node 11"])
        #expect(findings.map(\.proof) == ["tile/entries/000"])
    }

    @Test("finds a request that the asker did not log")
    func askerLacks() async throws {
        let findings = try await found { _, exchange in try await exchange.logAnswered() }
        #expect(findings.map(\.code) == [.askerLacks])
        #expect(findings.map { "\($0.node) \($0.index ?? -1)" } == ["lakeside-node 5"])
    }

    @Test("finds a request without an end, and an answer that the asker disputes")
    func ends() async throws {
        let unfinished = try await found { _, exchange in
            try await exchange.logAsked()
            try await exchange.logAnswered()
        }
        #expect(unfinished.map(\.code) == [.askedUnfinished])
        let disputed = try await found { _, exchange in
            try await exchange.logAsked()
            try await exchange.logAnswered()
            try await exchange.logEnded(.queryInvalid)
        }
        #expect(disputed.map(\.code) == [.answerDisputed])
        let timedOut = try await found { _, exchange in
            try await exchange.logAsked()
            try await exchange.logEnded(.queryTimedOut)
        }
        #expect(timedOut == [])
    }

    @Test("finds what the two sides say differently")
    func differ() async throws {
        let purpose = try await found { scene, exchange in
            try await exchange.logAsked()
            var entry = exchange.entry(.queryAnswered, isAsker: false)
            entry.purpose = .postLoan
            _ = try await scene.lakeside.log.append(
                entry, evidence: exchange.evidence(hasAnswer: true), nonce: nil)
            try await exchange.logEnded()
        }
        #expect(purpose.map(\.code) == [.sidesDiffer])
        let twice = try await found { _, exchange in
            try await exchange.log()
            try await exchange.logAnswered()
        }
        #expect(twice.map(\.code) == [.sidesDiffer])
    }

    @Test("finds hits that no query followed")
    func hits() async throws {
        let findings = try await found { scene, exchange in
            for number in 0..<2 {
                var entry = exchange.entry(
                    number == 0 ? .evaluationAsked : .evaluationAnswered, isAsker: true)
                entry.request = MerkleHash.leaf([UInt8(number / 2)])
                entry.retainUntil = nil
                if number == 1 { entry.outcomes = LogOutcomes(found: 6, none: 1, refused: 0) }
                _ = try await scene.harbor.log.append(entry, evidence: nil, nonce: nil)
            }
        }
        // Five queries were asked, and the answerer's log lacks the invented evaluation.
        #expect(Set(findings.map(\.code)) == [.hitsNotAsked, .answererLacks])
    }

    @Test("finds a filter that its node did not announce", arguments: [true, false])
    func filters(isAnnounced: Bool) async throws {
        let digest = MerkleHash.leaf([1])
        let findings = try await found { scene, exchange in
            if isAnnounced {
                var entry = LogEntry(
                    .filterPublished, at: scene.clock.now, node: scene.lakeside.id)
                entry.filter = LogFilters([digest])
                _ = try await scene.lakeside.log.append(entry, evidence: nil, nonce: nil)
            }
            try await exchange.logAsked()
            try await exchange.logAnswered()
            var ended = exchange.entry(.queryAnswered, isAsker: true)
            ended.itemsRoot = nil
            ended.filter = LogFilters([digest])
            _ = try await scene.harbor.log.append(
                ended, evidence: Evidence(answer: exchange.evidence(hasAnswer: true).answer),
                nonce: nil)
        }
        #expect(findings.map(\.code) == (isAnnounced ? [] : [.filterUnannounced]))
    }

    @Test("what happened after a log was copied is not missed in it")
    func later() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<2)
        try await scene.mirror(scene.lakeside)
        scene.clock.advance(by: .seconds(600))
        try await scene.exchange(2..<4)
        try await scene.mirror(scene.harbor)
        #expect(try scene.reconciled() == [])
    }

    @Test("finds evidence that is gone before its time, and says what is in no log's copy")
    func evidenceMissing() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<2)
        try await scene.lakeside.log.forgetEvidence(
            before: scene.clock.now.advanced(bySeconds: 200_000))
        try await scene.mirrorBoth()
        #expect(try scene.reconciled().map(\.code) == [.evidenceMissing, .evidenceMissing])
        #expect(try scene.verified(scene.lakeside) == [.evidenceMissing, .evidenceMissing])
    }

    @Test("refuses two copies of one log, and a folder without any")
    func folders() async throws {
        let scene = try AuditScene()
        try await scene.mirror(scene.harbor)
        let copy = scene.copy(of: scene.harbor)
        #expect(throws: AuditFailure.self) { try Reconciliation([copy, copy]).run() }
        #expect(throws: AuditFailure.self) {
            try Reconciliation([copy, scene.copy(of: scene.lakeside)]).run()
        }
    }
}
