import Exchange
import Testing
import TransparencyLog

@Suite("Askings that a crash cut off")
struct UnfinishedAskingsTests {
    private static func asked(_ type: LogEntryType, _ number: UInt8) -> LogEntry {
        var entry = LogEntry(type, at: Samples.now, node: Samples.node("harbor-node"))
        entry.member = Samples.member("harbor")
        entry.peer = Samples.node("lakeside-node")
        entry.count = 1
        entry.request = .leaf([number])
        entry.itemsRoot = .leaf([number, 1])
        entry.purpose = .loanApproval
        entry.channel = .api
        entry.retainUntil = Samples.now.advanced(bySeconds: 1000)
        return entry
    }

    @Test("get a second entry that says that nothing came, and each one only")
    func ended() async throws {
        let scene = try await AskScene()
        let context = scene.own.context
        for entry in [Self.asked(.evaluationAsked, 1), Self.asked(.queryAsked, 2)] {
            _ = try await context.log.append(entry, evidence: nil, nonce: nil)
        }
        scene.clock.advance(by: .seconds(60))
        let askings = UnfinishedAskings(context: context)
        #expect(try await askings.end() == 2)
        #expect(try await askings.end() == 0)
        let entries = try await scene.own.entries()
        #expect(
            entries.map(\.type) == [
                .evaluationAsked, .queryAsked, .evaluationTimedOut, .queryTimedOut,
            ])
        for (asked, ended) in zip(entries, entries.dropFirst(2)) {
            #expect(ended.request == asked.request && ended.member == asked.member)
            #expect(ended.peer == asked.peer && ended.count == asked.count)
            #expect(ended.purpose == asked.purpose)
            #expect(ended.at == scene.clock.now)
            #expect(ended.response == nil && ended.itemsRoot == nil && ended.channel == nil)
        }
    }

    @Test("an asking that ended is left alone")
    func finished() async throws {
        let scene = try await AskScene()
        _ = try await scene.report()
        let before = try await scene.own.entries().count
        #expect(try await UnfinishedAskings(context: scene.own.context).end() == 0)
        #expect(try await scene.own.entries().count == before)
    }
}
