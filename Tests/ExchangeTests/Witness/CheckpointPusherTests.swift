import Foundation
import Store
import Testing
import TransparencyLog

@testable import Exchange

@Suite("A log and its witnesses")
struct CheckpointPusherTests {
    @Test("a round brings the cosignatures of all, and keeps them over a restart")
    func round() async throws {
        let scene = try WitnessScene()
        let pusher = try scene.pusher()
        for (count, size) in [(1, 1), (6, 7), (0, 7), (300, 307)] {
            try await scene.append(count)
            scene.clock.advance(by: .seconds(30))
            #expect(await scene.push(pusher).isEmpty)
            let standing = pusher.current
            #expect(standing.quorum == 2 && standing.cosignatures == 3)
            #expect(standing.missingSince == nil)
            let cosigned = try #require(standing.cosigned)
            #expect(cosigned.head.size.value == size && cosigned.count == 3)
            #expect(cosigned.earliest == Int(scene.clock.now.secondsSinceEpoch))
            #expect(try await cosigned.head == scene.node.log.checkpoint().checkpoint.head)
            #expect(try scene.pusher().current.cosigned == cosigned)
        }
        #expect(scene.alarms.all.isEmpty)
    }

    @Test("an empty log has nothing to cosign")
    func empty() async throws {
        let scene = try WitnessScene()
        let pusher = try scene.pusher()
        #expect(await scene.push(pusher).isEmpty)
        #expect(pusher.current.cosigned == nil)
    }

    @Test("what falls short of the quorum does not take the place of what had it")
    func short() async throws {
        let scene = try WitnessScene()
        let pusher = try scene.pusher()
        scene.witnesses[0].silence()
        scene.witnesses[1].silence()
        try await scene.append(5)
        await scene.push(pusher)
        // Better than nothing, and it says who is missing.
        #expect(pusher.current.cosigned?.count == 1)
        let since = scene.clock.now
        #expect(pusher.current.missingSince == since)
        scene.clock.advance(by: .seconds(30))
        scene.witnesses[1].silence(false)
        try await scene.append(5)
        await scene.push(pusher)
        #expect(pusher.current.cosigned?.count == 2 && pusher.current.missingSince == nil)
        scene.witnesses[1].silence()
        try await scene.append(5)
        scene.clock.advance(by: .seconds(30))
        await scene.push(pusher)
        await scene.push(pusher)
        #expect(pusher.current.cosigned?.head.size.value == 10)
        #expect(pusher.current.cosignatures == 1)
        #expect(pusher.current.missingSince == scene.clock.now)
        // The silent ones are asked from where they were.
        for witness in scene.witnesses { witness.silence(false) }
        #expect(await scene.push(pusher).isEmpty)
        #expect(pusher.current.cosigned?.head.size.value == 15)
        #expect(pusher.current.cosigned?.count == 3)
    }

    @Test("the log's own operator does not count")
    func ownOperator() async throws {
        let scene = try WitnessScene(
            operators: ["lakeside-node (invented)", "second witness", "third witness"])
        let pusher = try scene.pusher()
        try await scene.append(3)
        await scene.push(pusher)
        #expect(pusher.current.cosignatures == 2)
        #expect(pusher.current.cosigned?.times.keys.contains("witness.example/w0") == false)
        #expect(try await scene.witnesses[0].latest(of: Self.origin(scene)) == nil)
    }

    @Test("what became of a write is found out in the next round", arguments: NoteStep.allCases)
    func faults(step: NoteStep) async throws {
        struct Fault: Error {}
        let scene = try WitnessScene()
        try await scene.append(5)
        await scene.push(try scene.pusher())
        try await scene.append(5)
        let failing = try scene.pusher { if $0 == step { throw Fault() } }
        #expect(await scene.push(failing).isEmpty)
        // Served is what is surely on the disk.
        #expect(failing.current.cosigned?.head.size.value == 5)
        let reopened = try scene.pusher()
        #expect(reopened.current.cosigned?.head.size.value == (step == .placed ? 10 : 5))
        try await scene.append(5)
        for pusher in [failing, reopened] { #expect(await scene.push(pusher).isEmpty) }
        #expect(reopened.current.cosigned?.head.size.value == 15)
        #expect(try scene.pusher().current.cosigned?.count == 3)
        #expect(scene.alarms.all.isEmpty)
    }

    @Test("a shelf that was lost costs one more question")
    func lostShelf() async throws {
        let scene = try WitnessScene()
        try await scene.append(5)
        await scene.push(try scene.pusher())
        try FileManager.default.removeItem(at: scene.folder.appending(path: "cosigned"))
        try await scene.append(5)
        let pusher = try scene.pusher()
        #expect(await scene.push(pusher).isEmpty)
        #expect(pusher.current.cosigned?.head.size.value == 10)
    }

    // MARK: An operator who holds all keys

    @Test("a log whose end was cut off is exposed by every witness")
    func cutOff() async throws {
        let scene = try WitnessScene()
        try await scene.append(10)
        await scene.push(try scene.pusher())
        let short = try await scene.begunAnew(8)
        for isKnown in [true, false] {
            if !isKnown {
                try FileManager.default.removeItem(at: scene.folder.appending(path: "cosigned"))
            }
            let alarms = await scene.push(try scene.pusher(context: short))
            #expect(alarms.map(\.kind) == [.shrunk, .shrunk, .shrunk])
            let alarm = try #require(alarms.first)
            #expect(alarm.first?.size.value == 10 && alarm.second?.size.value == 8)
            // The cosigned note is evidence that the log cannot deny.
            #expect((alarm.first?.note != nil) == isKnown && alarm.second?.note != nil)
        }
    }

    @Test("a log that was written anew is exposed by every witness", arguments: [10, 12])
    func writtenAnew(size: Int) async throws {
        let scene = try WitnessScene()
        try await scene.append(10)
        await scene.push(try scene.pusher())
        let other = try await scene.begunAnew(size)
        let alarms = await scene.push(try scene.pusher(context: other))
        #expect(alarms.map(\.kind) == [.forked, .forked, .forked])
        #expect(scene.alarms.all == alarms)
        for witness in scene.witnesses {
            let found = try #require(witness.alarms.all.first)
            #expect(found.kind == .forked && found.node == scene.node.context.node)
            // Both notes are the log's own: neither can be explained away.
            for side in [found.first, found.second] {
                let note = try SignedCheckpoint(bytes: try #require(side?.note))
                let keys = try #require(scene.directory.current.node(found.node)).logKeys
                #expect(throws: Never.self) { try note.verified(log: keys) }
            }
            #expect(
                try await witness.latest(of: Self.origin(scene))?.checkpoint.head
                    == scene.node.log.checkpoint().checkpoint.head)
        }
    }

    private static func origin(_ scene: WitnessScene) throws -> String {
        try TestSignature.log(of: "lakeside-node").origin
    }
}
