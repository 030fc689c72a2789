import Exchange
import Foundation
import Testing
import TransparencyLog

@testable import Audit

@Suite("Copying a log")
struct LogMirrorTests {
    @Test("copies what is new, checks it, and finds nothing in an honest log")
    func honest() async throws {
        let scene = try AuditScene()
        for (exchanges, isNew) in [(0..<0, 0), (0..<3, 3), (3..<3, 0), (3..<300, 297)] {
            try await scene.answered(exchanges)
            let result = try await scene.mirror(scene.lakeside)
            #expect(result.newEntries == isNew && result.evidence == isNew)
            #expect(result.missingEvidence == 0)
            #expect(try scene.verified(scene.lakeside) == [])
        }
        let result = try LogVerification(scene.copy(of: scene.lakeside)).run()
        #expect(result.head?.size.value == 300)
        #expect(result.entries == ["query-answered": 300])
        #expect(result.evidence == 300 && result.earlierCheckpoints == 2)
    }

    @Test("goes on after it was interrupted, without fetching full bundles again")
    func interrupted() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<600)
        let broken = ChangedSource(scene.lakeside.log, bundlesMax: 2)
        await #expect(throws: AuditFailure.source("the connection broke")) {
            try await scene.mirror(scene.lakeside, from: broken)
        }
        #expect(throws: AuditFailure.self) { try scene.verified(scene.lakeside) }
        let whole = ChangedSource(scene.lakeside.log)
        #expect(try await scene.mirror(scene.lakeside, from: whole).head.size.value == 600)
        // Several are fetched at once: the last one, which is not full, may be among those that came.
        #expect(await whole.bundles <= 2)
        #expect(try scene.verified(scene.lakeside) == [])
    }

    @Test("what an interrupted copy left on the disk is hashed again")
    func spoiledWhileInterrupted() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<300)
        let broken = ChangedSource(scene.lakeside.log, bundlesMax: 1)
        _ = try? await scene.mirror(scene.lakeside, from: broken)
        let file = scene.copy(of: scene.lakeside).folder.appending(path: "tile/entries/000")
        try file.changeByte(at: 30)
        await #expect(throws: AuditFailure.self) { try await scene.mirror(scene.lakeside) }
    }

    @Test(
        "does not take what cannot be the log's",
        arguments: [
            ("tile/0/000", AuditFinding.Code.tileAltered),
            ("tile/0/001.p/44", .tileAltered), ("tile/1/000.p/1", .tileAltered),
            ("tile/entries/000", .treeAltered), ("tile/entries/001.p/44", .treeAltered),
            ("checkpoint", .checkpointUnsigned),
        ])
    func untrue(path: String, code: AuditFinding.Code) async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<300)
        let source = ChangedSource(scene.lakeside.log) { name, bytes in
            guard name == path else { return bytes }
            var changed = bytes
            changed[bytes.count - 10] ^= 1
            return changed
        }
        let failure = await #expect(throws: AuditFailure.self) {
            try await scene.mirror(scene.lakeside, from: source)
        }
        guard case .untrue(let finding) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        // A bundle that is changed shows when its tile is compared, or at the root.
        #expect(finding.code == code || code == .treeAltered && finding.code == .tileAltered)
        #expect(!scene.copy(of: scene.lakeside).has("checkpoint"))
    }

    @Test("a checkpoint of a key that has left is none of now, in a copy and while copying")
    func retiredKey() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<3)
        try await scene.mirror(scene.lakeside)
        let old = try await scene.lakeside.log.checkpoint().note.bytes
        let (next, directory) = try scene.rotated(scene.lakeside)
        try scene.lakeside.log.sign(with: [scene.lakeside.logSigner, next])
        try scene.lakeside.log.sign(with: [next])
        let copy = scene.copy(of: scene.lakeside)
        let mirror = LogMirror(
            of: scene.lakeside.id, from: LogSource(scene.lakeside.log), to: copy,
            directory: directory, at: scene.clock.now)
        _ = try await mirror.run()
        #expect(try scene.verified(scene.lakeside) == [])
        try Data(old).write(to: copy.folder.appending(path: "checkpoint"))
        #expect(try scene.verified(scene.lakeside) == [.checkpointUnsigned])
        try scene.lakeside.log.sign(with: [scene.lakeside.logSigner])
        let refused = await #expect(throws: AuditFailure.self) { _ = try await mirror.run() }
        #expect(
            refused == .untrue(AuditFinding(.checkpointUnsigned, node: scene.lakeside.id)))
    }

    @Test("a folder holds one node's log")
    func otherNode() async throws {
        let scene = try AuditScene()
        try await scene.mirror(scene.lakeside)
        await #expect(throws: AuditFailure.folder("holds the log of 'lakeside-node'")) {
            try await LogMirror(
                of: scene.harbor.id, from: LogSource(scene.harbor.log),
                to: scene.copy(of: scene.lakeside), directory: scene.directory,
                at: scene.clock.now
            ).run()
        }
    }

    @Test("evidence whose time is over is not asked for, and not missed; that is told")
    func retention() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<3)
        scene.clock.advance(by: .seconds(100_001))
        for node in [scene.harbor, scene.lakeside] {
            try await node.log.forgetEvidence(before: scene.clock.now)
        }
        let result = try await scene.mirror(scene.lakeside)
        try await scene.mirror(scene.harbor)
        #expect(result.evidence == 0 && result.missingEvidence == 0 && result.evidenceOver == 3)
        let copies = [scene.copy(of: scene.harbor), scene.copy(of: scene.lakeside)]
        let verified = try copies.map { try LogVerification($0).run() }
        #expect(verified.map(\.findings) == [[], []])
        #expect(verified.map(\.evidenceOver) == [6, 3])
        let reconciled = try Reconciliation(copies).run()
        #expect(reconciled.findings == [] && reconciled.exchanges == 3)
        #expect(reconciled.evidenceOver == 9)
        for text in [
            AuditText(.english).text(of: result), AuditText(.english).text(of: verified[1]),
            AuditText(.english).text(of: reconciled),
        ] { #expect(text.contains("are deleted, after their time")) }
    }

    @Test("files are for their owner alone")
    func modes() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<1)
        try await scene.mirror(scene.lakeside)
        for name in ["checkpoint", "evidence/0", "tile/entries/000.p/1", "mirror.json"] {
            let path = scene.copy(of: scene.lakeside).folder.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600, "\(name)")
        }
    }
}

extension URL {
    /// Changes one byte of a file.
    func changeByte(at offset: Int) throws {
        var bytes = [UInt8](try Data(contentsOf: self))
        bytes[offset] ^= 1
        try Data(bytes).write(to: self)
    }
}
