import Exchange
import Membership
import Testing

@testable import Store

/// What a member sees of a log that is everybody's.
@Suite("A member's entries of the log")
struct MemberEntriesTests {
    /// Entries of which every third is harbor's, every third nobody's, and the rest another's.
    private static func log(_ scene: LogScene, count: Int) async throws -> SQLiteLog {
        let other = try #require(MemberID("birch"))
        let log = try scene.open()
        let entries = (0..<count).map { number -> NewEntry in
            var entry = LogEntry(.published, at: Samples.now, node: Samples.node)
            entry.member = number % 3 == 0 ? Samples.harbor : number % 3 == 1 ? other : nil
            entry.peerMember = number % 3 == 2 ? Samples.harbor : nil
            entry.count = number
            return NewEntry(entry)
        }
        for start in stride(from: 0, to: count, by: 1000) {
            _ = try await log.append(Array(entries[start..<min(start + 1000, count)]))
        }
        return log
    }

    @Test(
        "are its own, the newest first, each once, whatever the page",
        arguments: [0, 1, 3, 255, 256, 257, 770], [1, 7, 256])
    func pages(count: Int, limit: Int) async throws {
        let scene = try LogScene()
        let log = try await Self.log(scene, count: count)
        defer { try? log.close() }
        let view = MemberEntries(log: log)
        var seen: [Int] = []
        var before: Int?
        repeat {
            let page = try await view.page(of: Samples.harbor, before: before, limit: limit)
            #expect(page.size == count)
            #expect(page.entries.count <= limit)
            for (index, bytes) in page.entries {
                let entry = try LogEntry(bytes: bytes)
                #expect(entry.member == Samples.harbor && entry.count == index)
                seen.append(index)
            }
            before = page.before
        } while before != nil
        #expect(seen == Array((0..<count).filter { $0 % 3 == 0 }.reversed()))
    }

    @Test("one page looks through a bounded part, and says where to go on")
    func bounded() async throws {
        let scene = try LogScene()
        let bound = MemberEntries.bundlesMax * 256
        let log = try await Self.log(scene, count: bound + 256)
        defer { try? log.close() }
        let stranger = try #require(MemberID("nobody"))
        let view = MemberEntries(log: log)
        let first = try await view.page(of: stranger)
        #expect(first.entries.isEmpty && first.before == 256)
        let second = try await view.page(of: stranger, before: first.before)
        #expect(second.entries.isEmpty && second.before == nil)
        // A place beyond the end is the end; none is before the first.
        let beyond = try await view.page(of: Samples.harbor, before: .max, limit: 1)
        #expect(beyond.entries.map(\.index) == [(bound + 255) / 3 * 3])
        let none = try await view.page(of: Samples.harbor, before: 0)
        #expect(none.entries.isEmpty && none.before == nil)
    }
}
