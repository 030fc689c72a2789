import Foundation
import Membership
import Store
import Synchronization
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

@Suite("What an asker awaits of other logs")
struct WitnessWatchTests {
    /// Lakeside's log as harbor reads it; what is served can be put in its place.
    private final class ServedLog: PeerLogs {
        private let state: Mutex<(cosigned: SignedCheckpoint?, log: SQLiteLog)>

        init(_ log: SQLiteLog) { state = Mutex((nil, log)) }

        func serve(_ cosigned: SignedCheckpoint?, tilesOf log: SQLiteLog? = nil) {
            state.withLock { $0 = (cosigned, log ?? $0.log) }
        }

        func logCosigned(
            of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
        ) async throws(PeerFailure) -> [UInt8] {
            guard let cosigned = state.withLock({ $0.cosigned }) else {
                throw .refused(.notFound)
            }
            return cosigned.note.bytes
        }

        func logTile(
            _ id: TileID, of node: NodeEntry, as member: MemberID,
            deadline: ContinuousClock.Instant
        ) async throws(PeerFailure) -> [UInt8] {
            let log = state.withLock { $0.log }
            guard let bytes = try? await log.tile(id) else {
                throw .refused(.notFound)
            }
            return bytes
        }
    }

    private struct Scene {
        let witnesses: WitnessScene
        let pusher: CheckpointPusher
        let served: ServedLog
        let node: NodeID
        let shelf: NoteFolder
        let alarms = RecordedAlarms()

        init(quorum: Int = 2) throws {
            witnesses = try WitnessScene(quorum: quorum)
            pusher = try witnesses.pusher()
            served = ServedLog(witnesses.node.log)
            node = witnesses.node.context.node
            shelf = try NoteFolder(witnesses.folder.appending(path: "awaited").path)
        }

        func watch() throws -> WitnessWatch {
            try WitnessWatch(
                directory: witnesses.directory, shelf: shelf, alarms: alarms,
                clock: witnesses.clock)
        }

        /// Some entries more, and the checkpoint with which the last was answered.
        func receipt(_ count: Int = 3) async throws -> SignedCheckpoint {
            try await witnesses.append(count)
            return try await witnesses.node.log.checkpoint()
        }

        /// A round of the log's, after which it serves what was cosigned.
        func round() async {
            await witnesses.push(pusher)
            served.serve(pusher.current.cosigned?.signed)
        }

        func check(_ watch: WitnessWatch) async {
            await watch.check(
                served, as: Samples.member("harbor"), deadline: .now + .seconds(30))
        }

        func wait(_ seconds: Int) { witnesses.clock.advance(by: .seconds(seconds)) }
    }

    @Test("a receipt is settled by a cosigned checkpoint that is not smaller")
    func settled() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        await scene.round()
        for count in [1, 300, 5] {
            watch.saw(try await scene.receipt(count), of: scene.node)
            await scene.check(watch)
            scene.wait(301)
            #expect(watch.standing(of: scene.node) == .unwitnessed)
            await scene.round()
            await scene.check(watch)
            #expect(watch.standing(of: scene.node) == .witnessed)
        }
        #expect(scene.alarms.all.isEmpty)
    }

    @Test("says so after five minutes, and asks no more after an hour", arguments: [false, true])
    func overdue(isRestarted: Bool) async throws {
        let scene = try Scene()
        var watch = try scene.watch()
        watch.saw(try await scene.receipt(), of: scene.node)
        #expect(watch.standing(of: scene.node) == .witnessed)
        await scene.check(watch)
        for (seconds, standing) in [
            (300, WitnessWatch.Standing.witnessed), (1, .unwitnessed), (3299, .unwitnessed),
            (1, .untrusted),
        ] {
            scene.wait(seconds)
            if isRestarted { watch = try scene.watch() }
            // A later receipt does not begin the count anew.
            watch.saw(try await scene.receipt(1), of: scene.node)
            await scene.check(watch)
            #expect(watch.standing(of: scene.node) == standing)
        }
        await scene.round()
        await scene.check(watch)
        #expect(watch.standing(of: scene.node) == .witnessed)
        #expect(try scene.watch().standing(of: scene.node) == .witnessed)
        #expect(scene.alarms.all.isEmpty)
    }

    @Test("fewer cosignatures than the quorum settle nothing")
    func noQuorum() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        watch.saw(try await scene.receipt(), of: scene.node)
        scene.witnesses.witnesses[0].silence()
        scene.witnesses.witnesses[1].silence()
        await scene.round()
        await scene.check(watch)
        scene.wait(301)
        #expect(watch.standing(of: scene.node) == .unwitnessed)
        #expect(scene.alarms.all.isEmpty)
    }

    @Test("nothing of it applies without a quorum in the charter")
    func quorumOfNone() async throws {
        let scene = try Scene(quorum: 0)
        let watch = try scene.watch()
        watch.saw(try await scene.receipt(), of: scene.node)
        scene.wait(100_000)
        await scene.check(watch)
        #expect(watch.standing(of: scene.node) == .witnessed)
        #expect(try scene.shelf.note(scene.node.text) == nil)
    }

    @Test("a receipt of a tree that the witnesses do not know is an alarm with both notes")
    func forked() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        // The operator shows harbor a log of its own, and the witnesses another one.
        let shown = try await scene.witnesses.begunAnew(4).log.checkpoint()
        watch.saw(shown, of: scene.node)
        scene.wait(1)
        _ = try await scene.receipt(6)
        await scene.round()
        await scene.check(watch)
        let alarm = try #require(scene.alarms.all.first)
        #expect(alarm.kind == .forked && alarm.node == scene.node)
        #expect(alarm.first?.note == shown.note.bytes)
        #expect(alarm.second?.note == scene.pusher.current.cosigned?.signed.note.bytes)
        scene.wait(3601)
        await scene.check(watch)
        #expect(watch.standing(of: scene.node) == .untrusted)
    }

    @Test("a cosigned checkpoint does not go back, and its signatures hold")
    func shrunk() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        watch.saw(try await scene.receipt(), of: scene.node)
        await scene.round()
        let old = try #require(scene.pusher.current.cosigned).signed
        await scene.check(watch)
        watch.saw(try await scene.receipt(), of: scene.node)
        await scene.round()
        let new = try #require(scene.pusher.current.cosigned).signed
        await scene.check(watch)
        watch.saw(try await scene.receipt(), of: scene.node)
        scene.served.serve(old)
        await scene.check(watch)
        #expect(scene.alarms.all.map(\.kind) == [.shrunk])
        #expect(scene.alarms.all.first?.first?.note == new.note.bytes)
        // A cosignature of another tree.
        let moved = try new.note.signatures.suffix(3).reduce(
            try await scene.witnesses.node.log.checkpoint()
        ) { try $0.adding($1) }
        scene.served.serve(moved)
        await scene.check(watch)
        #expect(scene.alarms.all.map(\.kind) == [.shrunk, .unsigned])
        scene.wait(301)
        #expect(watch.standing(of: scene.node) == .unwitnessed)
    }

    @Test("tiles that prove nothing are a fork, tiles that are not there are not")
    func tiles() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        watch.saw(try await scene.receipt(3), of: scene.node)
        _ = try await scene.receipt(4)
        await scene.round()
        let cosigned = scene.pusher.current.cosigned?.signed
        let short = try await scene.witnesses.begunAnew(2)
        scene.served.serve(cosigned, tilesOf: short.log as? SQLiteLog)
        await scene.check(watch)
        #expect(scene.alarms.all.isEmpty)
        let other = try await scene.witnesses.begunAnew(9, named: "other")
        scene.served.serve(cosigned, tilesOf: other.log as? SQLiteLog)
        await scene.check(watch)
        #expect(scene.alarms.all.map(\.kind) == [.forked])
    }

    @Test("of too many the oldest goes on saying since when")
    func tooMany() async throws {
        let scene = try Scene()
        let watch = try scene.watch()
        for _ in 0..<WitnessWatch.awaitedMax + 2 {
            watch.saw(try await scene.receipt(1), of: scene.node)
        }
        scene.wait(301)
        await scene.check(watch)
        #expect(watch.standing(of: scene.node) == .unwitnessed)
        await scene.round()
        await scene.check(watch)
        #expect(watch.standing(of: scene.node) == .witnessed)
    }
}
