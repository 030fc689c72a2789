import Exchange
import Foundation
import Synchronization
import Testing
import TransparencyLog

@testable import Store

/// Every durable write of the log: it fails, it fails and is there all the same, or the process ends.
/// Then the log goes on, or is opened again, and is checked as a whole.
@Suite("Durability of the log")
struct LogFaultTests {
    struct Fault: Error {}

    /// Does something at one step of the commits that come while it is armed.
    final class Trap: Sendable {
        private let action = Mutex<(@Sendable () throws -> Void)?>(nil)
        private let step: LogStep

        init(at step: LogStep) { self.step = step }

        var tuning: LogTuning {
            LogTuning(atStep: { step in
                guard step == self.step else { return }
                try self.action.withLock { $0 }?()
            })
        }

        func arm(_ action: (@Sendable () throws -> Void)?) { self.action.withLock { $0 = action } }
    }

    @Test(
        "an entry that failed and is there all the same stands under the settled checkpoint",
        arguments: LogStep.allCases)
    func settled(step: LogStep) async throws {
        let scene = try LogScene()
        let trap = Trap(at: step)
        let log = try scene.open(trap.tuning)
        defer { try? log.close() }
        trap.arm { throw Fault() }
        await #expect(throws: LogError.self) {
            try await log.append(LogScene.entry(1), evidence: nil, nonce: nil)
        }
        trap.arm(nil)
        let size = try await log.settled().checkpoint.head.size.value
        #expect(size == (step == .beforeCommit ? 0 : 1))
        #expect(try await log.checkpoint().checkpoint.head.size.value == size)
        let next = try await log.append(LogScene.entry(2), evidence: nil, nonce: nil)
        #expect(next.index.value == size)
        try next.receipt.verify(log: scene.keys)
    }

    @Test(
        "what failed was promised to nobody, and the log goes on", arguments: LogStep.allCases,
        [0, 255, 300])
    func fails(step: LogStep, before: Int) async throws {
        let scene = try LogScene()
        let trap = Trap(at: step)
        let log = try scene.open(trap.tuning)
        defer { try? log.close() }
        let promised = try await log.append(0..<before)
        let nonce = try LogScene.nonce(7)
        trap.arm { throw Fault() }
        await #expect(throws: LogError.self) {
            try await log.append(LogScene.entry(1000), evidence: nil, nonce: nonce)
        }
        #expect(try await log.checkpoint().checkpoint.head.size.value == before)
        trap.arm(nil)

        // It failed before the commit, or it is there all the same.
        let isThere = step != .beforeCommit
        let failure = await Self.error { () async throws(LogError) in try await log.use(nonce) }
        #expect(failure == (isThere ? .nonceReplayed : nil))
        let next = try await log.append(LogScene.entry(1001), evidence: nil, nonce: nil)
        #expect(next.index.value == before + (isThere ? 1 : 0))
        try next.receipt.verify(log: scene.keys)
        for left in [try scene.crashed(), scene] {
            if left === scene { try log.close() }
            try await Self.check(left, holds: promised + [next], size: next.index.value + 1)
        }
    }

    @Test(
        "a process that ends at any step leaves all that was promised",
        arguments: LogStep.allCases, [0, 255, 300])
    func crashes(step: LogStep, before: Int) async throws {
        let scene = try LogScene()
        let trap = Trap(at: step)
        let log = try scene.open(trap.tuning)
        defer { try? log.close() }
        let promised = try await log.append(0..<before)
        let copy = Mutex<LogScene?>(nil)
        trap.arm {
            let left = try scene.crashed()
            copy.withLock { $0 = left }
        }
        _ = try await log.append(LogScene.entry(1000), evidence: nil, nonce: LogScene.nonce(7))
        let left = try #require(copy.withLock { $0 })
        let isThere = step != .beforeCommit
        try await Self.check(left, holds: promised, size: before + (isThere ? 1 : 0))
        let reopened = try left.open()
        defer { try? reopened.close() }
        let nonce = try LogScene.nonce(7)
        let failure = await Self.error { () async throws(LogError) in try await reopened.use(nonce)
        }
        #expect(failure == (isThere ? .nonceReplayed : nil))
    }

    @Test("a full disk changes nothing, and the log goes on")
    func diskFull() async throws {
        let scene = try LogScene()
        var log = try scene.open()
        let promised = try await log.append(0..<10)
        try log.close()
        log = try scene.open(LogTuning(pagesMax: 40))
        let big = Evidence(boxes: [[UInt8]](repeating: Samples.bytes(1, count: 4000), count: 100))
        await #expect(throws: LogError.store(.diskFull)) {
            try await log.append(LogScene.entry(10), evidence: big, nonce: LogScene.nonce(1))
        }
        try await log.use(try LogScene.nonce(1))
        let next = try await log.append(LogScene.entry(11), evidence: nil, nonce: nil)
        try log.close()
        try await Self.check(scene, holds: promised + [next], size: 11)
    }

    @Test("a log whose file loses what was promised takes nothing more")
    func losesFooting() async throws {
        let scene = try LogScene()
        let trap = Trap(at: .afterCommit)
        let log = try scene.open(trap.tuning)
        defer { try? log.close() }
        _ = try await log.append(0..<10)
        trap.arm { throw Fault() }
        _ = try? await log.append(LogScene.entry(10), evidence: nil, nonce: nil)
        trap.arm(nil)
        try scene.withDatabase { db in
            try db.execute(sql: "DELETE FROM entry WHERE id >= 5")
        }
        for _ in 0..<2 {
            await #expect(throws: LogError.stopped) {
                try await log.append(LogScene.entry(11), evidence: nil, nonce: nil)
            }
        }
    }

    private static func error(_ body: () async throws(LogError) -> Void) async -> LogError? {
        do throws(LogError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    /// Opens a log and audits it: it has all that was promised, and `size` entries.
    private static func check(
        _ scene: LogScene, holds promised: [LoggedEntry], size: Int
    ) async throws {
        let log = try scene.open()
        defer { try? log.close() }
        let entries = try await log.audited(keys: scene.keys)
        #expect(entries.count == size)
        for entry in promised { #expect(entries[entry.index.value] == entry.bytes) }
    }
}
