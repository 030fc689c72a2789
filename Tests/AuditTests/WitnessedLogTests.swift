import Exchange
import Foundation
import Testing
import TransparencyLog

@testable import Audit

/// An operator who holds all keys of its node writes its log as it likes; what it does not hold are the
/// keys of witnesses. Nobody here has an earlier copy.
@Suite("What witnesses cosigned exposes an operator who holds all keys")
struct WitnessedLogTests {
    @Test("an honest log is copied with its cosignatures, and nothing is found")
    func honest() async throws {
        let scene = try AuditScene(quorum: 1)
        for exchanges in [0..<3, 3..<300] {
            try await scene.answered(exchanges)
            let note = try await scene.cosigned(scene.lakeside)
            scene.clock.advance(by: .seconds(30))
            let source = WitnessedSource(scene.lakeside.log, cosigned: note)
            let result = try await scene.mirror(scene.lakeside, from: source)
            #expect(result.cosigned == result.head.size)
            #expect(try scene.verified(scene.lakeside) == [])
        }
        let checked = try LogVerification(scene.copy(of: scene.lakeside)).run()
        #expect(checked.cosignedCheckpoints == 2)
    }

    @Test(
        "a tail that was cut off, an entry that was left out: the log does not follow on",
        arguments: [(290, Int?.none, AuditFinding.Code.logShrunk), (310, 17, .logForked)],
        [true, false])
    func rewritten(
        _ rewritten: (size: Int, without: Int?, code: AuditFinding.Code), servedByLog: Bool
    ) async throws {
        let scene = try AuditScene(quorum: 1)
        try await scene.answered(0..<300)
        let note = try await scene.cosigned(scene.lakeside)
        let again = try scene.lakeside.begunAnew()
        defer { try? again.log.close() }
        for number in 0..<rewritten.size where number != rewritten.without {
            try await scene.exchange(number).logAnswered(in: again.log)
        }
        // The regulator copies it for the first time, and hears of the witness.
        let source = WitnessedSource(again.log, cosigned: note, servedByLog: servedByLog)
        let failure = await #expect(throws: AuditFailure.self) {
            try await scene.mirrorAnew(again, from: source)
        }
        guard case .untrue(let finding) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(finding.code == rewritten.code)
        let fresh = MirrorFolder(scene.folder.appending(path: "fresh"))
        #expect(try fresh.read(try sample(finding.proof)) == note)
        #expect(!fresh.has("checkpoint"))
        // Whoever has a copy already is told by the note alone.
        let blind = try await scene.mirrorAnew(again, from: LogSource(again.log))
        let found = try LogVerification(blind, cosigned: [("from the witness", note)]).run()
        #expect(found.findings.contains { $0.code == rewritten.code })
        #expect(found.findings.contains { $0.proof == "from the witness" })
    }

    @Test("a log that was dated back as a whole is exposed by the time of a cosignature")
    func datedBack() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<5)
        let note = try await scene.cosigned(scene.lakeside)
        // All later entries bear the date of the ones before: in itself the log is in order.
        let day = Duration.seconds(86_400)
        for number in 5..<8 { try await scene.exchange(number).logAnswered() }
        scene.clock.advance(by: day)
        let later = try await scene.cosigned(scene.lakeside)
        scene.clock.advance(by: .seconds(-86_400))
        try await scene.exchange(8).logAnswered()
        scene.clock.advance(by: day)
        let folder = try await scene.mirrorAnew(
            scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        #expect(try LogVerification(folder).run().findings == [])
        let found = try LogVerification(folder, cosigned: [("later", later)]).run().findings
        #expect(found.map(\.code) == [.datedBack] && found.map(\.index) == [8])
    }

    @Test("an entry dated after a cosignature of a log that had it")
    func datedAhead() async throws {
        let scene = try AuditScene()
        scene.clock.advance(by: .seconds(3600))
        try await scene.answered(0..<2)
        scene.clock.advance(by: .seconds(-3600))
        let note = try await scene.cosigned(scene.lakeside)
        scene.clock.advance(by: .seconds(3600))
        let folder = try await scene.mirrorAnew(
            scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        #expect(
            try LogVerification(folder).run().findings.map(\.code) == [.datedAhead, .datedAhead])
    }

    @Test("the slack of two clocks is no finding", arguments: [(-120, true), (-121, false)])
    func slack(_ offset: (seconds: Int64, isFine: Bool)) async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<1)
        let note = try await scene.cosigned(scene.lakeside)
        let times = CosignedTimes([
            try WitnessKeys(of: scene.lakeside.id, in: [scene.directory])
                .cosigned(note, by: LogKeys(of: scene.lakeside.id, in: [scene.directory]))
        ])
        let time = scene.clock.now.advanced(bySeconds: offset.seconds)
        #expect((times.fault(of: time, at: 1) == nil) == offset.isFine)
        let ahead = scene.clock.now.advanced(bySeconds: -offset.seconds)
        #expect((times.fault(of: ahead, at: 0) == nil) == offset.isFine)
        #expect(times.fault(of: time, at: 0) == nil && times.fault(of: ahead, at: 1) == nil)
    }

    @Test("what no quorum cosigned within the hour is told once, with its place")
    func unwitnessed() async throws {
        let scene = try AuditScene(quorum: 2)
        try await scene.answered(0..<4)
        let quorum = try await scene.cosigned(scene.lakeside, by: 2)
        try await scene.answered(4..<9)
        let less = try await scene.cosigned(scene.lakeside, by: 1)
        for note in [quorum, less] {
            try await scene.mirror(
                scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        }
        #expect(try scene.verified(scene.lakeside) == [])
        scene.clock.advance(by: .seconds(3601))
        try await scene.mirror(scene.lakeside)
        let found = try LogVerification(scene.copy(of: scene.lakeside)).run().findings
        #expect(found.map(\.code) == [.unwitnessed] && found.map(\.index) == [4])
    }

    @Test("a cosignature that was changed in the copy, or served changed, is found")
    func changed() async throws {
        let scene = try AuditScene(quorum: 1)
        try await scene.answered(0..<3)
        var note = try await scene.cosigned(scene.lakeside)
        try await scene.mirror(
            scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        let name = try sample(
            scene.copy(of: scene.lakeside).names(in: MirrorFolder.cosignedFolder).first)
        let file = scene.copy(of: scene.lakeside).folder.appending(path: "cosigned/\(name)")
        try file.changeByte(at: note.count - 20)
        #expect(try scene.verified(scene.lakeside) == [.cosignatureInvalid])
        note = [UInt8](try Data(contentsOf: file))
        let failure = await #expect(throws: AuditFailure.self) {
            try await scene.mirrorAnew(
                scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        }
        guard case .untrue(let finding) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(finding.code == .cosignatureInvalid)
        // A witness that serves nonsense changes nothing.
        try await scene.mirrorAnew(
            scene.lakeside,
            from: WitnessedSource(scene.lakeside.log, cosigned: note, servedByLog: false))
    }
}
