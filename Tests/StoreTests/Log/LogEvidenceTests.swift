import Exchange
import Foundation
import GRDB
import Pseudonym
import Testing
import TransparencyLog

@testable import Store

/// Evidence whose time is over: which is named, and what its deletion leaves, whatever happens to it.
@Suite("Evidence of the log whose time is over")
struct LogEvidenceTests {
    struct Fault: Error {}

    private static let over = Samples.now.advanced(bySeconds: 5000)

    /// Adds entries with evidence; that of a higher number ends earlier.
    private static func fill(
        _ log: SQLiteLog, _ numbers: Range<Int>, bytes: Int = 100
    ) async throws -> [LoggedEntry] {
        try await log.append(
            numbers.map { number in
                var entry = LogScene.entry(number)
                entry.retainUntil = Samples.now.advanced(bySeconds: Int64(1000 - number))
                return NewEntry(
                    entry, evidence: Evidence(boxes: [Samples.bytes(number + 1, count: bytes)]))
            })
    }

    /// All that is over, part by part.
    private static func parts(
        _ log: SQLiteLog, before moment: Timestamp = over
    ) async throws -> [[EndedEvidence]] {
        var parts: [[EndedEvidence]] = []
        while true {
            let part = try await log.endedEvidence(before: moment, after: parts.last?.last?.place)
            guard !part.isEmpty else { return parts }
            parts.append(part)
        }
    }

    @Test("is named in the order of its end, in parts, and none before its time")
    func order() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let count = SQLiteLog.evidencePageMax + 3
        _ = try await Self.fill(log, 0..<count)
        let parts = try await Self.parts(log)
        #expect(parts.map(\.count) == [SQLiteLog.evidencePageMax, 3])
        #expect(parts.joined().map(\.place.index.value) == (0..<count).reversed())
        #expect(
            parts.joined().allSatisfy { ended in
                ended.evidence?.evidence.boxes == [
                    Samples.bytes(ended.place.index.value + 1, count: 100)
                ]
            })
        // What ends at a moment did not end before it.
        let moment = Samples.now.advanced(bySeconds: 999)
        #expect(try await Self.parts(log, before: moment).joined().count == count - 2)
    }

    @Test("a part ends when it has many bytes")
    func bytes() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let large = Evidence(boxes: (0..<1000).map { _ in Samples.bytes(1, count: 4000) })
        for number in 0..<3 {
            _ = try await log.append(LogScene.entry(number), evidence: large, nonce: nil)
        }
        #expect(try await Self.parts(log).map(\.count) == [1, 1, 1])
    }

    @Test(
        "a deletion that fails, or is cut off, leaves all of the part or nothing, and the whole log",
        arguments: ForgettingStep.allCases)
    func faults(step: ForgettingStep) async throws {
        let scene = try LogScene()
        let tuning = LogTuning(atForgetting: { if $0 == step { throw Fault() } })
        let log = try scene.open(tuning)
        defer { try? log.close() }
        let logged = try await Self.fill(log, 0..<300)
        let over = logged.prefix(200).map(\.index)
        await #expect(throws: LogError.self) { try await log.forgetEvidence(of: over) }
        let next = try await log.append(LogScene.entry(300), evidence: nil, nonce: nil)
        let crashed = try scene.crashed()
        try log.close()
        for left in [scene, crashed] {
            let log = try left.open()
            defer { try? log.close() }
            let rest = try await Self.parts(log).joined().count
            #expect(rest == (step == .beforeCommit ? 300 : 100))
            try await log.forgetEvidence(of: over)
            #expect(try await Self.parts(log).joined().count == 100)
            let entries = try await log.audited(keys: left.keys)
            #expect(entries.count == 301)
            for entry in logged + [next] {
                #expect(entries[entry.index.value] == entry.bytes)
                try entry.receipt.verify(log: left.keys)
            }
        }
    }

    @Test("what was deleted is nowhere in the file, and its pages are used again")
    func pages() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        let logged = try await Self.fill(log, 0..<20, bytes: 4000)
        try log.close()
        let size = try Self.size(scene)
        // Long enough to lie on one page, and in base64url as it is stored.
        let marks = (0..<20).map { number in
            Data(Base64URL.encode(Array(Samples.bytes(number + 1, count: 4000)[300..<1200])).utf8)
        }
        let held = try Data(contentsOf: URL(filePath: scene.path))
        #expect(marks.allSatisfy { held.range(of: $0) != nil })

        let again = try scene.open()
        try await again.forgetEvidence(of: logged.map(\.index))
        try again.close()
        let left = try Data(contentsOf: URL(filePath: scene.path))
        #expect(marks.allSatisfy { left.range(of: $0) == nil })
        #expect(!FileManager.default.fileExists(atPath: scene.path + "-wal"))
        let free = try scene.withDatabase { try Int.fetchOne($0, sql: "PRAGMA freelist_count") }
        #expect(try #require(free) >= 20)

        let third = try scene.open()
        _ = try await Self.fill(third, 20..<38, bytes: 4000)
        try third.close()
        // The entries take a little, their evidence nothing.
        #expect(try Self.size(scene) < size + 8 * 4096)
    }

    private static func size(_ scene: LogScene) throws -> Int {
        try Data(contentsOf: URL(filePath: scene.path)).count
    }
}
