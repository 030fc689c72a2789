import Exchange
import Membership
import Testing
import TransparencyLog

@testable import Audit

/// An operator who holds all keys of its node, and writes what it likes into a log that it signs itself.
@Suite("An operator who holds all keys of its node")
struct DishonestOperatorTests {
    /// A copy of an honest log of both sides, and lakeside's log begun anew with its own keys.
    private func scene(_ count: Int = 300) async throws -> (AuditScene, again: SceneNode) {
        let scene = try AuditScene()
        try await scene.exchange(0..<count)
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

    @Test(
        "who changes the log's key and signs history anew with the next one is exposed by an earlier copy",
        arguments: [AuditFinding.Code.logForked, .logShrunk])
    func signsAnewWithNextKey(code: AuditFinding.Code) async throws {
        let (scene, again) = try await scene(20)
        defer { try? again.log.close() }
        let (next, directory) = try scene.rotated(scene.lakeside)
        let (count, without) = code == .logForked ? (25, 7) : (15, -1)
        for number in 0..<count where number != without {
            try await scene.exchange(number).logAnswered(in: again.log)
        }
        // Nothing of it bears the key of before, with which the copy was signed.
        try again.log.sign(with: [next])
        try await expectUntrue(code, scene, again, directory)
    }

    @Test(
        "where nobody has a copy, what a witness cosigned under the key of before exposes it, to whom has the directory of then; to others it is unwitnessed",
        arguments: [true, false])
    func signsAnewBeforeAnyCopy(hasDirectoryOfThen: Bool) async throws {
        let scene = try AuditScene(quorum: 1)
        try await scene.answered(0..<20)
        let note = try await scene.cosigned(scene.lakeside)
        let again = try scene.lakeside.begunAnew()
        defer { try? again.log.close() }
        let (next, directory) = try scene.rotated(scene.lakeside)
        for number in 0..<30 where number != 7 {
            try await scene.exchange(number).logAnswered(in: again.log)
        }
        try again.log.sign(with: [next])
        scene.clock.advance(by: .seconds(3601))
        let fresh = MirrorFolder(scene.folder.appending(path: "fresh"))
        if hasDirectoryOfThen { try fresh.keep(scene.directory) }
        let mirror = LogMirror(
            of: again.id,
            from: WitnessedSource(again.log, cosigned: note, servedByLog: false), to: fresh,
            directory: directory, at: scene.clock.now)
        guard hasDirectoryOfThen else {
            _ = try await mirror.run()
            let found = try LogVerification(fresh).run().findings
            #expect(found.map(\.code) == [.unwitnessed] && found.map(\.index) == [0])
            return
        }
        let failure = await #expect(throws: AuditFailure.self) { try await mirror.run() }
        guard case .untrue(let finding) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(finding.code == .logForked)
        #expect(try fresh.read(try sample(finding.proof)) == note)
    }

    @Test("who goes on under a key after its end is not believed, whatever it signs with it")
    func oldKeyAfterItsEnd() async throws {
        let (scene, again) = try await scene(20)
        defer { try? again.log.close() }
        let (next, directory) = try scene.rotated(scene.lakeside)
        try scene.lakeside.log.sign(with: [next])
        scene.clock.advance(by: .seconds(3600))
        try await scene.mirror(scene.lakeside, directory: directory)
        #expect(try scene.verified(scene.lakeside) == [])
        // Whoever holds the key of before shows a log of it, with another end.
        for number in 0..<19 { try await scene.exchange(number).logAnswered(in: again.log) }
        try await scene.exchange(400).logAnswered(in: again.log)
        let refused = await #expect(throws: AuditFailure.self) {
            try await scene.mirror(
                scene.lakeside, from: LogSource(again.log), directory: directory)
        }
        #expect(
            refused == .untrue(AuditFinding(.checkpointUnsigned, node: scene.lakeside.id)))
        // Both keys together are no more than the one that is listed: it is compared then.
        try again.log.sign(with: [scene.lakeside.logSigner, next])
        try await expectUntrue(.logForked, scene, again, directory)
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
        _ code: AuditFinding.Code, _ scene: AuditScene, _ again: SceneNode,
        _ directory: Directory? = nil
    ) async throws {
        let failure = await #expect(throws: AuditFailure.self) {
            try await scene.mirror(
                scene.lakeside, from: LogSource(again.log), directory: directory)
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
