import Exchange
import Foundation
import Testing
import TransparencyLog

@testable import Store

@Suite("Appending to the log")
struct LogAppendTests {
    @Test("every receipt proves its entry under the log's key, whatever came together")
    func receipts() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        var logged: [LoggedEntry] = []
        for batch in [0..<1, 1..<3, 3..<300, 300..<301, 301..<900] {
            logged += try await log.append(batch)
        }
        for entry in logged {
            try entry.receipt.verify(log: scene.keys)
            #expect(entry.receipt.entry == entry.bytes && entry.receipt.index == entry.index)
            #expect(entry.receipt.bytes.count <= Receipt.bytesMax)
        }
        let entries = try await log.audited(keys: scene.keys)
        #expect(entries.count == 900)
        for entry in logged { #expect(entries[entry.index.value] == entry.bytes) }
        #expect(Set(logged.map(\.index)).count == 900)
        #expect(try await log.checkpoint().checkpoint.head.size.value == 900)
    }

    @Test("goes on where it stopped")
    func reopened() async throws {
        let scene = try LogScene()
        for start in [0, 255, 256, 700] {
            let log = try scene.open()
            #expect(try await log.audited(keys: scene.keys).count == start)
            let end = [0: 255, 255: 256, 256: 700, 700: 701][start] ?? 0
            _ = try await log.append(start..<end)
            try log.close()
        }
        let log = try scene.open()
        defer { try? log.close() }
        #expect(try await log.audited(keys: scene.keys).count == 701)
    }

    @Test("an empty log has a checkpoint of size 0, and no tiles")
    func empty() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let signed = try await log.checkpoint()
        #expect(signed.checkpoint.head == TreeHead(size: .zero, root: .empty))
        _ = try signed.verified(log: scene.keys)
        let tile = try #require(TileID(level: 0, index: 0, width: 1))
        let bundle = try #require(EntryBundleID(index: 0, width: 1))
        #expect(try await log.tile(tile) == nil)
        #expect(try await log.entries(bundle) == nil)
    }

    @Test("serves narrower tiles and bundles than it has by now, and no wider ones")
    func partial() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        _ = try await log.append(0..<300)
        for (index, width, isThere) in [
            (0, 256, true), (0, 7, true), (1, 44, true), (1, 1, true), (1, 45, false),
            (2, 1, false),
        ] {
            let tile = try #require(TileID(level: 0, index: index, width: width))
            let bundle = try #require(EntryBundleID(index: index, width: width))
            let hashes = try await log.tile(tile)
            let entries = try await log.entries(bundle)
            #expect((hashes != nil) == isThere && (entries != nil) == isThere)
            guard let hashes, let entries else { continue }
            #expect(hashes.count == tile.byteCount)
            let leaves = try EntryBundle(bytes: entries, count: width).leaves
            #expect(leaves.flatMap(\.bytes) == hashes)
        }
        let above = try #require(TileID(level: 1, index: 0, width: 1))
        #expect(try await log.tile(above)?.count == 32)
    }

    @Test("both keys sign while one takes over from the other")
    func twoKeys() async throws {
        let signers = try [LogScene.signer("old"), LogScene.signer("new")]
        let scene = try LogScene(signers: signers)
        let log = try scene.open()
        defer { try? log.close() }
        let logged = try await log.append(0..<3)
        for key in scene.keys { try logged[0].receipt.verify(log: [key]) }
    }

    @Test("refuses an entry of another node, and evidence without an end")
    func unwritable() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let other = LogEntry(.auditRead, at: Samples.now, node: .init("other-node") ?? Samples.node)
        await #expect(throws: LogError.unwritable) {
            try await log.append(other, evidence: nil, nonce: nil)
        }
        let endless = LogEntry(.evaluationAnswered, at: Samples.now, node: Samples.node)
        await #expect(throws: LogError.unwritable) {
            try await log.append(endless, evidence: LogScene.evidence(1), nonce: nil)
        }
        #expect(try await log.audited(keys: scene.keys) == [])
    }

    @Test("keeps evidence until its time, and every proof afterwards")
    func evidence() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let first = try await log.append(
            LogScene.entry(1), evidence: LogScene.evidence(1), nonce: nil)
        var later = LogScene.entry(2)
        later.retainUntil = Samples.now.advanced(bySeconds: 2000)
        let second = try await log.append(later, evidence: LogScene.evidence(2), nonce: nil)
        let bare = try await log.append(LogScene.entry(3), evidence: nil, nonce: nil)
        let served = try await log.evidence(of: first.index)
        let expected = ServedEvidence(
            index: first.index, entry: first.bytes, evidence: LogScene.evidence(1))
        #expect(served == expected)
        #expect(try await log.evidence(of: bare.index) == nil)

        let moment = Samples.now.advanced(bySeconds: 1001)
        #expect(try await log.endedEvidence(before: Samples.now, after: nil).isEmpty)
        let ended = try await log.endedEvidence(before: moment, after: nil)
        #expect(ended.map(\.evidence) == [served])
        try await log.forgetEvidence(of: ended.map(\.place.index))
        #expect(try await log.evidence(of: first.index) == nil)
        #expect(try await log.evidence(of: second.index)?.evidence == LogScene.evidence(2))
        #expect(try await log.audited(keys: scene.keys).count == 3)
        try first.receipt.verify(log: scene.keys)
    }

    @Test("more than may wait is refused, and nothing of it is in the log")
    func queueFull() async throws {
        let scene = try LogScene()
        let log = try scene.open(LogTuning(queueMax: 0))
        defer { try? log.close() }
        await #expect(throws: LogError.queueFull) {
            try await log.append(LogScene.entry(1), evidence: nil, nonce: nil)
        }
        #expect(try await log.audited(keys: scene.keys) == [])
    }

    @Test("a cancelled caller's entry is in the log, whole")
    func cancelled() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let logged = try await withThrowingTaskGroup(of: LoggedEntry.self) { group in
            group.cancelAll()
            group.addTask {
                try await log.append(LogScene.entry(1), evidence: nil, nonce: nil)
            }
            return try await group.next()
        }
        try #require(logged).receipt.verify(log: scene.keys)
    }

    @Test("after closing nothing is taken")
    func closed() async throws {
        let log = try LogScene().open()
        try log.close()
        await #expect(throws: LogError.stopped) {
            try await log.append(LogScene.entry(1), evidence: nil, nonce: nil)
        }
    }
}
