import Membership
import StrictJSON
import Synchronization
import TestSupport
import Testing

@testable import Exchange

@Suite("Whether a node reaches an asker")
struct ReachabilityDeskTests {
    /// Counts who was dialled, and says what a test wants.
    private final class Dialler: Sendable {
        let dialled = Mutex<[NodeID]>([])
        let failure = Mutex<PeerFailure?>(nil)

        func dial(_ node: NodeEntry) -> PeerFailure? {
            dialled.withLock { $0.append(node.id) }
            return failure.withLock { $0 }
        }
    }

    @Test("the asker alone is dialled, anew after ten seconds, and hears what the dialling showed")
    func dialled() async throws {
        let scene = try AnswerScene()
        let (clock, dialler) = (ManualClock(Samples.now), Dialler())
        let desk = ReachabilityDesk(clock: clock) { dialler.dial($0) }
        let (harbor, reed) = (try scene.caller(), try scene.caller("lakeside-node", as: "reed"))
        let first = try await desk.answer(to: harbor)
        #expect(first == Reachability(node: harbor.node.id, at: Samples.now, code: nil))
        dialler.failure.withLock { $0 = .unreachable }
        clock.advance(by: .seconds(9))
        #expect(try await desk.answer(to: harbor) == first)
        #expect(try await desk.answer(to: reed).code == "unreachable")
        clock.advance(by: .seconds(1))
        #expect(try await desk.answer(to: harbor).code == "unreachable")
        let expected = [harbor.node.id, reed.node.id, harbor.node.id]
        #expect(dialler.dialled.withLock { $0 } == expected)
    }

    @Test("while an asker is dialled it is not dialled once more")
    func underWay() async throws {
        let scene = try AnswerScene()
        let caller = try scene.caller()
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let (releases, release) = AsyncStream<Void>.makeStream()
        let desk = ReachabilityDesk(clock: ManualClock(Samples.now)) { _ in
            arrived.yield()
            for await _ in releases { break }
            return nil
        }
        async let first = desk.answer(to: caller)
        for await _ in arrivals { break }
        await #expect(throws: Problem.self) { _ = try await desk.answer(to: caller) }
        release.yield()
        #expect(try await first.code == nil)
    }

    @Test("the answer is read back; what is none is refused")
    func messages() throws {
        for code in [nil, "unreachable"] {
            let answer = Reachability(
                node: Samples.node("harbor-node"), at: Samples.now, code: code)
            #expect(try Reachability(json: answer.json) == answer)
        }
        let time = JSONValue.string(Samples.now.description)
        let unnamed: JSONValue = ["node": "harbor-node", "at": time, "reached": false, "x": 1]
        #expect(try Reachability(json: unnamed).code == "refused")
        let bad: [JSONValue] = [
            [], ["node": "harbor-node", "at": time, "code": .null],
            ["node": "harbor-node", "at": time, "reached": "yes", "code": .null],
            ["node": "Harbor", "at": time, "reached": true, "code": .null],
            ["node": "harbor-node", "at": "now", "reached": true, "code": .null],
            ["node": "harbor-node", "at": time, "reached": false, "code": "10.0.0.1"],
        ]
        for json in bad { #expect(throws: JSONError.self) { try Reachability(json: json) } }
    }
}
