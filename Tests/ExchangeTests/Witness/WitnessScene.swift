import Crypto
import Foundation
import Membership
import Store
import Synchronization
import TestSupport
import TransparencyLog

@testable import Exchange

/// The log of `lakeside-node` and witnesses that cosign it, each with its own real shelf; all files go
/// with the scene.
final class WitnessScene: Sendable {
    struct Unmade: Error {}

    let node: TestNode
    let directory: ManualDirectory
    let clock = ManualClock(Samples.now)
    let witnesses: [TestWitness]
    let alarms = RecordedAlarms()
    let folder: URL

    /// - Parameters:
    ///   - quorum: of the charter.
    ///   - operators: of the witnesses, one each.
    init(
        quorum: Int = 2, operators: [String] = ["first witness", "second witness", "third witness"]
    ) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "witness-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        var plan = TestDirectory()
        plan.charter.witnessQuorum = quorum
        plan.witnesses = try operators.enumerated().map {
            try TestWitness.entry($0.offset, operatorName: $0.element)
        }
        let directory = ManualDirectory(try plan.directory())
        self.directory = directory
        node = try TestNode(
            "lakeside-node", keys: [TestNode.key()], directory: directory, clock: clock)
        let (folder, clock) = (folder, clock)
        witnesses = try operators.indices.map {
            try TestWitness($0, in: folder, directory: directory, clock: clock)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What asks the witnesses; another one begins with what the shelf has.
    func pusher(
        context: NodeContext? = nil,
        atStep: @escaping @Sendable (NoteStep) throws -> Void = { _ in }
    ) throws -> CheckpointPusher {
        try CheckpointPusher(
            context: context ?? node.context, witnesses: SceneWitnesses(witnesses),
            shelf: NoteFolder(folder.appending(path: "cosigned").path, atStep: atStep),
            alarms: alarms)
    }

    /// Adds entries to the log.
    func append(_ count: Int, to log: SQLiteLog? = nil) async throws {
        for number in 0..<count {
            var entry = LogEntry(.filterPublished, at: clock.now, node: node.context.node)
            entry.count = number
            _ = try await (log ?? node.log).append(entry, evidence: nil, nonce: nil)
        }
    }

    /// One round.
    @discardableResult
    func push(_ pusher: CheckpointPusher) async -> [LogAlarm] {
        await pusher.push(deadline: .now + .seconds(30))
    }

    /// The log of the same name and key begun anew, with other entries: what an operator who holds all
    /// keys can make.
    func begunAnew(_ count: Int, named label: String = "again") async throws -> NodeContext {
        let origin = try TestSignature.log(of: "lakeside-node").origin
        guard let name = TransparencyLog.KeyName(origin),
            let signer = NoteSigner(
                name: name, privateKey: try TestSignature.logKey(of: "lakeside-node"))
        else { throw Unmade() }
        let log = try SQLiteLog.open(
            at: folder.appending(path: "\(label)/log.sqlite").path,
            record: folder.appending(path: "\(label)-promised").path, node: node.context.node,
            signers: [signer], clock: clock)
        clock.advance(by: .seconds(1))
        try await append(count, to: log)
        return NodeContext(
            node: node.context.node, directory: directory, keys: node.context.keys,
            store: node.store, log: log, clock: clock)
    }
}

/// A witness as a node is one, without a network.
final class TestWitness: Sendable {
    let entry: WitnessEntry
    let cosigner: Cosigner
    let alarms = RecordedAlarms()
    private let desk: Mutex<WitnessDesk>
    private let isSilent = Mutex(false)
    private let make:
        @Sendable (@escaping @Sendable (NoteStep) throws -> Void) throws -> WitnessDesk

    static func key(_ number: Int) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: Array(SHA256.hash(data: Array("witness \(number)".utf8))))
    }

    static func entry(_ number: Int, operatorName: String) throws -> WitnessEntry {
        guard
            let bytes = PublicKeyBytes(Array(try key(number).publicKey.rawRepresentation)),
            let key = VerifierKey(
                name: "witness.example/w\(number)", algorithm: .cosignature, publicKey: bytes)
        else { throw WitnessScene.Unmade() }
        return WitnessEntry(
            verifierKey: key, url: "https://witness.example/w\(number)",
            operatorName: operatorName)
    }

    init(
        _ number: Int, in folder: URL, directory: any DirectorySource, clock: ManualClock
    ) throws {
        entry = directory.current.witnesses[number]
        guard let name = TransparencyLog.KeyName(entry.name),
            let cosigner = Cosigner(name: name, privateKey: try Self.key(number))
        else { throw WitnessScene.Unmade() }
        self.cosigner = cosigner
        let alarms = alarms
        make = { atStep in
            WitnessDesk(
                cosigner: cosigner, directory: directory,
                shelf: try NoteFolder(
                    folder.appending(path: "given-\(number)").path, atStep: atStep),
                alarms: alarms, clock: clock)
        }
        desk = Mutex(try make { _ in })
    }

    /// Starts it anew, with what its shelf has.
    func restart(atStep: @escaping @Sendable (NoteStep) throws -> Void = { _ in }) throws {
        let next = try make(atStep)
        desk.withLock { $0 = next }
    }

    /// From now on it answers nobody, or does again.
    func silence(_ silent: Bool = true) { isSilent.withLock { $0 = silent } }

    func add(_ submission: AddCheckpoint) async throws(WitnessRefusal) -> CosignatureLines {
        try await desk.withLock { $0 }.add(submission.bytes)
    }

    func latest(of origin: String) async throws -> SignedCheckpoint? {
        let name = Hex.text(of: SHA256.hash(data: Array(origin.utf8)))
        let bytes = try await desk.withLock { $0 }.latest(ofLogHashed: name)
        return try bytes.map { try SignedCheckpoint(bytes: $0) }
    }

    fileprivate func reply(
        to submission: AddCheckpoint
    ) async throws(WitnessFailure) -> WitnessReply {
        guard !isSilent.withLock({ $0 }) else { throw .timedOut }
        do throws(WitnessRefusal) {
            return .cosigned(try await add(submission))
        } catch {
            switch error {
            case .stale(let size): return .stale(size)
            case .forked: return .refused(status: 422)
            case .malformed, .unknownLog, .unsigned, .clockBehind, .unavailable:
                return .refused(status: 400)
            }
        }
    }
}

/// Reaches the witnesses of a scene.
private struct SceneWitnesses: Witnesses {
    private let witnesses: [TestWitness]

    init(_ witnesses: [TestWitness]) { self.witnesses = witnesses }

    func submit(
        _ submission: AddCheckpoint, to witness: WitnessEntry, deadline: ContinuousClock.Instant
    ) async throws(WitnessFailure) -> WitnessReply {
        guard let found = witnesses.first(where: { $0.entry == witness }) else {
            throw .unreachable
        }
        return try await found.reply(to: submission)
    }
}

/// Alarms in memory.
final class RecordedAlarms: Alarms {
    private let list = Mutex<[LogAlarm]>([])

    func raise(_ alarm: LogAlarm) { list.withLock { $0.append(alarm) } }

    var raised: [RaisedAlarm] {
        all.map { RaisedAlarm(at: Samples.now, alarm: $0, evidence: []) }
    }

    var all: [LogAlarm] { list.withLock { $0 } }
}
