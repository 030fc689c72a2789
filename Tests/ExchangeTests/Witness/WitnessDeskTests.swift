import Foundation
import Membership
import Store
import Synchronization
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

@Suite("A node as a witness")
struct WitnessDeskTests {
    struct Fault: Error {}

    private static let origin = "test.creditmesh/log/lakeside-node"

    /// A submission of the log's newest checkpoint, as the log makes it.
    private static func submission(
        _ scene: WitnessScene, old: Int, signer: NoteSigner? = nil
    ) async throws -> AddCheckpoint {
        var signed = try await scene.node.log.checkpoint()
        if let signer { signed = try SignedCheckpoint(signed.checkpoint, signedBy: [signer]) }
        var proof: [MerkleHash] = []
        if old > 0 {
            let size = signed.checkpoint.head.size
            let plan = try ProofPlan.consistency(from: #require(TreeSize(old)), to: size)
            var tiles = FetchedTiles()
            try await tiles.fetch(for: plan, in: size) { try await scene.node.log.tile($0) ?? [] }
            proof = try #require(tiles.hashes(of: plan, in: size))
        }
        return AddCheckpoint(
            oldSize: try #require(TreeSize(old)), proof: try ConsistencyProof(hashes: proof),
            checkpoint: signed)
    }

    private static func signer(of origin: String, _ owner: String) throws -> NoteSigner {
        guard let name = TransparencyLog.KeyName(origin),
            let signer = NoteSigner(name: name, privateKey: try TestSignature.logKey(of: owner))
        else { throw WitnessScene.Unmade() }
        return signer
    }

    private static func refusal(
        _ witness: TestWitness, _ submission: AddCheckpoint
    ) async -> WitnessRefusal? {
        do throws(WitnessRefusal) {
            _ = try await witness.add(submission)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "remembers before it signs: whatever fails, it never signs a smaller tree",
        arguments: NoteStep.allCases)
    func fails(step: NoteStep) async throws {
        let scene = try WitnessScene()
        let witness = scene.witnesses[0]
        try await scene.append(5)
        _ = try await witness.add(Self.submission(scene, old: 0))
        try await scene.append(5)
        let next = try await Self.submission(scene, old: 5)
        try witness.restart { if $0 == step { throw Fault() } }
        #expect(await Self.refusal(witness, next) == .unavailable)
        // Without a restart and with one, what is on the disk decides.
        for isRestarted in [false, true] {
            if isRestarted { try witness.restart() }
            let isThere = step == .placed
            let head = try #require(await witness.latest(of: Self.origin)).checkpoint.head
            #expect(head.size.value == (isThere ? 10 : 5))
            let expected: WitnessRefusal? =
                isThere ? .stale(try #require(TreeSize(10))) : isRestarted ? nil : .unavailable
            #expect(await Self.refusal(witness, next) == expected)
        }
        _ = try await witness.add(Self.submission(scene, old: 10))
        #expect(witness.alarms.all.isEmpty)
    }

    @Test(
        "a process that ends at any step has not signed what it does not remember",
        arguments: NoteStep.allCases)
    func crashes(step: NoteStep) async throws {
        let scene = try WitnessScene()
        let witness = scene.witnesses[0]
        try await scene.append(5)
        _ = try await witness.add(Self.submission(scene, old: 0))
        try await scene.append(5)
        let (given, copy) = (
            scene.folder.appending(path: "given-0"), scene.folder.appending(path: "crashed")
        )
        try witness.restart {
            if $0 == step { try FileManager.default.copyItem(at: given, to: copy) }
        }
        _ = try await witness.add(Self.submission(scene, old: 5))
        try FileManager.default.removeItem(at: given)
        try FileManager.default.moveItem(at: copy, to: given)
        try witness.restart()
        let isThere = step == .placed
        let head = try #require(await witness.latest(of: Self.origin)).checkpoint.head
        #expect(head.size.value == (isThere ? 10 : 5))
        // The log finds its way from wherever the witness is.
        let pusher = try scene.pusher()
        #expect(await scene.push(pusher).isEmpty)
        #expect(pusher.current.cosigned?.head.size.value == 10)
    }

    @Test("cosigns with its time, and never dates back")
    func times() async throws {
        let scene = try WitnessScene()
        let witness = scene.witnesses[0]
        try await scene.append(5)
        let submission = try await Self.submission(scene, old: 0)
        let lines = try await witness.add(submission)
        let cosigned = try submission.checkpoint.adding(try #require(lines.signatures.first))
        let verified = try cosigned.note.verified(by: [witness.cosigner.key])
        #expect(verified.first?.secondsSince1970 == Int(scene.clock.now.secondsSinceEpoch))
        #expect(try await witness.latest(of: Self.origin) == cosigned)
        scene.clock.advance(by: .seconds(-1))
        let again = try await Self.submission(scene, old: 5)
        #expect(await Self.refusal(witness, again) == .clockBehind)
        scene.clock.advance(by: .seconds(1))
        #expect(await Self.refusal(witness, again) == nil)
    }

    @Test("knows the directory's logs and their keys, and no others")
    func strangers() async throws {
        let scene = try WitnessScene()
        let witness = scene.witnesses[0]
        try await scene.append(3)
        let stranger = try Self.signer(of: Self.origin, "harbor-node")
        let unsigned = try await Self.submission(scene, old: 0, signer: stranger)
        #expect(await Self.refusal(witness, unsigned) == .unsigned)
        let signer = try Self.signer(of: "test.creditmesh/log/nobody", "nobody")
        let head = try await scene.node.log.checkpoint().checkpoint.head
        let unknown = AddCheckpoint(
            oldSize: .zero, proof: try ConsistencyProof(hashes: []),
            checkpoint: try SignedCheckpoint(
                Checkpoint(origin: signer.key.name, head: head), signedBy: [signer]))
        #expect(await Self.refusal(witness, unknown) == .unknownLog)
        #expect(try await witness.latest(of: Self.origin) == nil)
        for name in ["", "..", "quorum"] {
            #expect(try await witness.latest(of: name) == nil)
        }
    }

    @Test("a checkpoint of the same size with another root is evidence, whatever comes with it")
    func evidence() async throws {
        let scene = try WitnessScene()
        let witness = scene.witnesses[0]
        try await scene.append(5)
        _ = try await witness.add(Self.submission(scene, old: 0))
        let other = try await scene.begunAnew(5)
        let forked = AddCheckpoint(
            oldSize: .zero, proof: try ConsistencyProof(hashes: []),
            checkpoint: try await other.log.checkpoint())
        #expect(await Self.refusal(witness, forked) == .stale(try #require(TreeSize(5))))
        #expect(witness.alarms.all.map(\.kind) == [.forked])
    }
}
