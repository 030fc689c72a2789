import Exchange
import Synchronization
import Testing
import TransparencyLog

@testable import Store

/// Askings of which the log does not say how they ended: they are found again whatever happens.
@Suite("Askings without an end")
struct LogAskingTests {
    private static func entry(
        _ type: LogEntryType, _ number: Int, isAsker: Bool = true
    ) -> LogEntry {
        var entry = LogEntry(type, at: Samples.now, node: Samples.node)
        entry.member = isAsker ? Samples.harbor : nil
        entry.peerMember = isAsker ? nil : Samples.harbor
        entry.request = MerkleHash.leaf([UInt8(number)])
        entry.count = number
        return entry
    }

    private static func unfinished(_ log: SQLiteLog) async throws -> [Int] {
        try await log.unfinishedAskings().compactMap(\.count)
    }

    @Test("stay until their second entry, over a restart")
    func restart() async throws {
        let scene = try LogScene()
        var log = try scene.open()
        for (type, number) in [
            (LogEntryType.evaluationAsked, 0), (.queryAsked, 1), (.evaluationAsked, 2),
            (.evaluationAnswered, 0),
        ] {
            _ = try await log.append(Self.entry(type, number), evidence: nil, nonce: nil)
        }
        // The other side's entry of the same request ends nothing.
        _ = try await log.append(
            Self.entry(.queryAnswered, 1, isAsker: false), evidence: nil, nonce: nil)
        #expect(try await Self.unfinished(log) == [1, 2])
        try log.close()
        log = try scene.open()
        #expect(try await Self.unfinished(log) == [1, 2])
        for (type, number) in [(LogEntryType.queryTimedOut, 1), (.evaluationInvalid, 2)] {
            _ = try await log.append(Self.entry(type, number), evidence: nil, nonce: nil)
        }
        #expect(try await Self.unfinished(log) == [])
        try log.close()
    }

    @Test("are known with their entries, or not at all", arguments: LogStep.allCases)
    func crashes(step: LogStep) async throws {
        for type in [LogEntryType.queryAsked, .queryTimedOut] {
            let scene = try LogScene()
            let trap = LogFaultTests.Trap(at: step)
            let log = try scene.open(trap.tuning)
            defer { try? log.close() }
            if type == .queryTimedOut {
                _ = try await log.append(
                    Self.entry(.queryAsked, 7), evidence: nil, nonce: nil)
            }
            let copy = Mutex<LogScene?>(nil)
            trap.arm {
                let left = try scene.crashed()
                copy.withLock { $0 = left }
            }
            _ = try await log.append(Self.entry(type, 7), evidence: nil, nonce: nil)
            let left = try #require(copy.withLock { $0 })
            let reopened = try left.open()
            defer { try? reopened.close() }
            let isWritten = step != .beforeCommit
            #expect(
                try await Self.unfinished(reopened)
                    == ((type == .queryAsked) == isWritten ? [7] : []))
        }
    }

    @Test("are looked up once in a log of the schema before")
    func migrated() async throws {
        let scene = try LogScene()
        var log = try scene.open()
        for (type, number) in [
            (LogEntryType.evaluationAsked, 0), (.evaluationAsked, 1), (.evaluationAnswered, 0),
        ] {
            _ = try await log.append(Self.entry(type, number), evidence: nil, nonce: nil)
        }
        try log.close()
        try scene.withDatabase { db in
            try db.execute(
                sql: """
                    DROP TABLE asking;
                    DELETE FROM grdb_migrations WHERE identifier = 'v2-asking';
                    """)
        }
        log = try scene.open()
        #expect(try await Self.unfinished(log) == [1])
        try log.close()
    }
}
