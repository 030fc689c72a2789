import Exchange
import Foundation
import HTTPSignatures
import Pseudonym
import StrictJSON
import Testing
import TransparencyLog

@testable import Audit

@Suite("Checking a copied log")
struct LogVerificationTests {
    /// A copy of lakeside's log with 260 exchanges and an earlier checkpoint at 3.
    private func copied() async throws -> AuditScene {
        let scene = try AuditScene()
        try await scene.answered(0..<3)
        try await scene.mirror(scene.lakeside)
        try await scene.answered(3..<260)
        try await scene.mirror(scene.lakeside)
        return scene
    }

    @Test(
        "finds every changed byte of the tree",
        arguments: [
            ("tile/entries/000", 40, AuditFinding.Code.treeAltered),
            ("tile/entries/001.p/4", 40, .treeAltered), ("tile/0/000", 7, .tileAltered),
            ("tile/0/001.p/4", 7, .tileAltered), ("tile/1/000.p/1", 7, .tileAltered),
            ("checkpoint", 60, .checkpointUnsigned), ("checkpoints/3", 60, .checkpointUnsigned),
        ])
    func changed(file: String, offset: Int, code: AuditFinding.Code) async throws {
        let scene = try await copied()
        try scene.copy(of: scene.lakeside).folder.appending(path: file).changeByte(at: offset)
        #expect(try scene.verified(scene.lakeside).contains(code))
    }

    @Test(
        "finds missing files",
        arguments: [
            ("tile/entries/001.p/4", AuditFinding.Code.fileMissing), ("tile/0/000", .fileMissing),
            ("evidence/0", .evidenceMissing), ("evidence/259", .evidenceMissing),
        ])
    func missing(file: String, code: AuditFinding.Code) async throws {
        let scene = try await copied()
        try FileManager.default.removeItem(
            at: scene.copy(of: scene.lakeside).folder.appending(path: file))
        #expect(try scene.verified(scene.lakeside) == [code])
    }

    @Test("finds evidence of another entry")
    func exchanged() async throws {
        let scene = try await copied()
        let folder = scene.copy(of: scene.lakeside).folder.appending(path: "evidence")
        try FileManager.default.removeItem(at: folder.appending(path: "4"))
        try FileManager.default.copyItem(
            at: folder.appending(path: "5"), to: folder.appending(path: "4"))
        #expect(try scene.verified(scene.lakeside) == [.evidenceMalformed])
    }

    /// A change of evidence, and what shows it.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let codes: [AuditFinding.Code]
        let apply: @Sendable (inout Evidence) -> Void
    }

    static let changes = [
        Change(testDescription: "the request's content", codes: [.requestUnsigned, .itemsDiffer]) {
            let body = String(decoding: $0.request?.body ?? [], as: UTF8.self)
                .replacing("queries", with: "querie5")
            $0.request = $0.request?.with(body: Array(body.utf8))
        },
        Change(testDescription: "the request's target", codes: [.requestUnsigned]) {
            $0.request = $0.request?.with(target: "https://lakeside.example/v1/other")
        },
        Change(testDescription: "no request", codes: [.evidenceMalformed]) { $0.request = nil },
        Change(testDescription: "no answer", codes: [.evidenceMalformed]) { $0.answer = nil },
        Change(testDescription: "the answer's content", codes: [.answerUnsigned]) {
            $0.answer = $0.answer.map {
                AnswerEvidence(status: $0.status, headers: $0.headers, body: $0.body + [0x20])
            }
        },
        Change(testDescription: "the answer's status", codes: [.answerUnsigned]) {
            $0.answer = $0.answer.map {
                AnswerEvidence(status: 429, headers: $0.headers, body: $0.body)
            }
        },
        Change(testDescription: "a salt", codes: [.itemsDiffer]) {
            $0.salts = [CommitmentSalt(bytes: [UInt8](repeating: 7, count: 32))].compactMap(\.self)
        },
        Change(testDescription: "no salts", codes: [.itemsDiffer]) { $0.salts = [] },
    ]

    @Test("finds what was changed in evidence", arguments: changes)
    func evidence(change: Change) async throws {
        let scene = try await copied()
        let file = scene.copy(of: scene.lakeside).folder.appending(path: "evidence/7")
        let json = try JSONValue(
            parsing: Data(contentsOf: file), limits: Evidence.jsonLimits)
        let served = try ServedEvidence(json: json)
        var evidence = served.evidence
        change.apply(&evidence)
        let changed = ServedEvidence(index: served.index, entry: served.entry, evidence: evidence)
        try Data(changed.json.encoded).write(to: file)
        #expect(try scene.verified(scene.lakeside) == change.codes)
    }

    @Test("checks the asker's answer with the request beside its first entry")
    func asker() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<3)
        try await scene.mirror(scene.harbor)
        #expect(try scene.verified(scene.harbor) == [])
        // Without the first entry's evidence the second one's proves nothing.
        try FileManager.default.removeItem(
            at: scene.copy(of: scene.harbor).folder.appending(path: "evidence/2"))
        #expect(
            try scene.verified(scene.harbor) == [.evidenceMissing, .evidenceMalformed])
    }

    @Test("an exchange among the members of one node has no messages")
    func local() async throws {
        let scene = try AuditScene()
        var entry = LogEntry(.queryAnswered, at: scene.clock.now, node: scene.harbor.id)
        entry.member = scene.harbor.member
        entry.peer = scene.harbor.id
        entry.isLocal = true
        entry.count = 1
        entry.itemsRoot = .empty
        entry.retainUntil = scene.clock.now.advanced(bySeconds: 1000)
        _ = try await scene.harbor.log.append(entry, evidence: Evidence(), nonce: nil)
        try await scene.mirrorBoth()
        #expect(try scene.verified(scene.harbor) == [])
        #expect(try scene.reconciled() == [])
    }

    @Test("finds entries that are none, another node's, and dated back")
    func entries() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<2)
        let late = scene.clock.now
        scene.clock.advance(by: .seconds(-61))
        _ = try await scene.lakeside.log.append(
            LogEntry(.auditRead, at: scene.clock.now, node: scene.lakeside.id), evidence: nil,
            nonce: nil)
        _ = try await scene.lakeside.log.append(
            LogEntry(.auditRead, at: late, node: scene.lakeside.id), evidence: nil, nonce: nil)
        try await scene.mirror(scene.lakeside)
        let result = try LogVerification(scene.copy(of: scene.lakeside)).run()
        #expect(result.findings.map(\.code) == [.timeBackwards])
        #expect(result.findings.map(\.index) == [2])
        #expect(result.entries == ["query-answered": 2, "audit-read": 2])
    }

    @Test("has words for everything that can be found", arguments: AuditFinding.Code.allCases)
    func words(code: AuditFinding.Code) throws {
        let scene = try AuditScene()
        let finding = AuditFinding(
            code, node: scene.harbor.id, index: 3, other: scene.lakeside.id, proof: "evidence/3")
        let (english, chinese) = (finding.text(in: .english), finding.text(in: .chinese))
        #expect(english.hasPrefix("[\(code.rawValue)] harbor-node #3 / lakeside-node: "))
        #expect(english.hasSuffix(" (proof: evidence/3)"))
        #expect(chinese.hasSuffix("（证据：evidence/3）") && !chinese.contains(code.english))
    }
}

extension RequestEvidence {
    fileprivate func with(target: String? = nil, body: [UInt8]? = nil) -> RequestEvidence {
        RequestEvidence(
            method: method, targetURI: target ?? targetURI, headers: headers,
            body: body ?? self.body)
    }
}
