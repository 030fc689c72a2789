import Exchange
import Testing
import TransparencyLog

@testable import Audit

/// An operator who holds all keys of its node, and writes what it likes into a log that it signs itself.
@Suite("An operator who holds all keys of its node")
struct DishonestOperatorTests {
    /// A copy of an honest log of both sides, and lakeside's log begun anew with its own keys.
    private func scene() async throws -> (AuditScene, again: SceneNode) {
        let scene = try AuditScene()
        try await scene.exchange(0..<300)
        try await scene.mirrorBoth()
        return (scene, try scene.lakeside.begunAnew())
    }

    @Test(
        "who signs a log without one entry is exposed by an earlier copy", arguments: [0, 17, 299])
    func leavesOut(entry: Int) async throws {
        let (scene, again) = try await scene()
        defer { try? again.log.close() }
        for number in 0..<310 where number != entry {
            try await scene.exchange(number).logAnswered(in: again.log)
        }
        try await expectUntrue(.logForked, scene, again)
        try await expectReconciled(.answererLacks, after: again, in: scene)
    }

    @Test("who cuts the end off is exposed by an earlier copy")
    func cutsOff() async throws {
        let (scene, again) = try await scene()
        defer { try? again.log.close() }
        for number in 0..<290 { try await scene.exchange(number).logAnswered(in: again.log) }
        try await expectUntrue(.logShrunk, scene, again)
        try await expectReconciled(.answererLacks, after: again, in: scene)
    }

    @Test("who dates an entry back is exposed by an earlier copy, and by the entries before it")
    func datesBack() async throws {
        let (scene, again) = try await scene()
        defer { try? again.log.close() }
        for number in 0..<299 { try await scene.exchange(number).logAnswered(in: again.log) }
        scene.clock.advance(by: .seconds(-86_400))
        try await scene.exchange(299).logAnswered(in: again.log)
        scene.clock.advance(by: .seconds(86_400))
        try await scene.exchange(300).logAnswered(in: again.log)
        try await expectUntrue(.logForked, scene, again)
        let fresh = MirrorFolder(scene.folder.appending(path: "fresh"))
        _ = try await LogMirror(
            of: again.id, from: LogSource(again.log), to: fresh, directory: scene.directory,
            at: scene.clock.now
        ).run()
        let codes = try LogVerification(fresh).run().findings.map(\.code)
        #expect(codes.contains(.timeBackwards))
    }

    @Test("who invents an exchange lacks the other side's signature and entry")
    func invents() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<5)
        let forged = try SceneExchange(
            5, from: scene.harbor, to: scene.lakeside, at: scene.clock.now,
            signer: scene.harbor.requestSigner("a key of the operator's"))
        try await forged.logAnswered()
        try await scene.mirrorBoth()
        #expect(try scene.verified(scene.lakeside) == [.requestUnsigned])
        #expect(try scene.reconciled().map(\.code) == [.askerLacks])
    }

    /// Copying on from the log that was begun anew fails, and leaves the proof.
    private func expectUntrue(
        _ code: AuditFinding.Code, _ scene: AuditScene, _ again: SceneNode
    ) async throws {
        let failure = await #expect(throws: AuditFailure.self) {
            try await scene.mirror(scene.lakeside, from: LogSource(again.log))
        }
        guard case .untrue(let finding) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(finding.code == code)
        #expect(scene.copy(of: scene.lakeside).has(try sample(finding.proof)))
        // The earlier copy is whole as before.
        #expect(try scene.verified(scene.lakeside) == [])
    }

    /// Who has no earlier copy finds it in the other side's log.
    private func expectReconciled(
        _ code: AuditFinding.Code, after again: SceneNode, in scene: AuditScene
    ) async throws {
        let fresh = MirrorFolder(scene.folder.appending(path: "fresh"))
        scene.clock.advance(by: .seconds(3600))
        _ = try await LogMirror(
            of: again.id, from: LogSource(again.log), to: fresh, directory: scene.directory,
            at: scene.clock.now
        ).run()
        #expect(try LogVerification(fresh).run().findings == [])
        let findings = try Reconciliation([scene.copy(of: scene.harbor), fresh]).run().findings
        #expect(findings.contains { $0.code == code })
    }
}
