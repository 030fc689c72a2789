import Exchange
import Foundation
import Logging
import Membership
import ServiceLifecycle
import TestSupport
import Testing
import TransparencyLog

@testable import PeerHTTP

/// A witness over real TLS, asked by our own client and by hand.
@Suite("A witness's HTTP interface")
struct WitnessServerTests {
    struct Unmade: Error {}

    /// Texts in memory; what a real shelf does is tested with the store.
    private final class NoAlarms: Alarms {
        func raise(_ alarm: LogAlarm) {}
        var raised: [RaisedAlarm] { [] }
    }

    private struct Scene {
        let port: Int
        let consortium: TestConsortium
        let client: WitnessClient
        let cosigner: Cosigner
        let signer: NoteSigner

        func entry(path: String = "") throws -> WitnessEntry {
            guard let key = VerifierKey(cosigner.key.description) else { throw Unmade() }
            return WitnessEntry(
                verifierKey: key, url: "https://127.0.0.1:\(port)\(path)", operatorName: "Witness")
        }

        /// A submission of a log with one entry a size.
        func submission(
            old: Int = 0, size: Int = 1, proof: [MerkleHash] = [], origin: String? = nil
        ) throws -> AddCheckpoint {
            guard let oldSize = TreeSize(old), let size = TreeSize(size) else { throw Unmade() }
            let signer = try origin.map { try TestLogKeys.signer($0, label: "another") } ?? signer
            let leaves = (0..<size.value).map { MerkleHash.leaf([UInt8(truncatingIfNeeded: $0)]) }
            return AddCheckpoint(
                oldSize: oldSize, proof: try ConsistencyProof(hashes: proof),
                checkpoint: try SignedCheckpoint(
                    Checkpoint(
                        origin: signer.key.name,
                        head: TreeHead(size: size, root: .root(of: leaves))), signedBy: [signer]))
        }

        func submit(_ submission: AddCheckpoint) async throws -> WitnessReply {
            try await client.submit(submission, to: entry(), deadline: .now + .seconds(30))
        }

        func request(_ text: String, body: [UInt8] = []) async throws -> RawResponse {
            try await RawConnection.open(port: port, tls: consortium.anonymousTLS())
                .exchange(text, body: body)
        }
    }

    private static func with(_ body: (Scene) async throws -> Void) async throws {
        try await TestConsortium.with { consortium in
            let old = try consortium.directory()
            let origin = "\(old.consortium)/log/\(TestConsortium.asker)"
            let signer = try TestLogKeys.signer(origin)
            let cosigner = try TestLogKeys.cosigner("witness.example/w1")
            guard let vkey = VerifierKey(signer.key.description) else { throw Unmade() }
            let log = NodeLog(origin: origin, verifierKeys: [vkey])
            let directory = try Directory(
                version: 1, consortium: old.consortium, charter: old.charter,
                nodes: old.nodes.map { node in
                    NodeEntry(
                        id: node.id, operatorName: node.operatorName, endpoint: node.endpoint,
                        answerKeys: node.answerKeys,
                        log: node.id.text == TestConsortium.asker ? log : nil)
                }, members: old.members)
            let material = try consortium.material(for: TestConsortium.server)
            let desk = WitnessDesk(
                cosigner: cosigner, directory: ManualDirectory(directory), shelf: MemoryShelf(),
                alarms: NoAlarms(), clock: consortium.clock)
            let (ports, ready) = AsyncStream<Int>.makeStream()
            let logger = Logger(label: "test")
            let server = WitnessServer(
                configuration: PeerServerConfiguration(
                    host: "127.0.0.1", port: 0, tls: TLSInForce(material)),
                desk: desk, clock: consortium.clock, logger: logger
            ) { _ = ready.yield($0) }
            let group = ServiceGroup(
                configuration: .init(services: [server], logger: logger))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { ready.finish() }
                    try await group.run()
                }
                var iterator = ports.makeAsyncIterator()
                let port = try #require(await iterator.next(), "the witness did not start")
                let client = WitnessClient(
                    tls: TLSInForce(try consortium.material(for: TestConsortium.asker)),
                    logger: logger)
                let outcome: Result<Void, any Error>
                do {
                    try await body(
                        Scene(
                            port: port, consortium: consortium, client: client,
                            cosigner: cosigner, signer: signer))
                    outcome = .success(())
                } catch {
                    outcome = .failure(error)
                }
                await client.shutdown()
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                try outcome.get()
            }
        }
    }

    @Test("cosigns, and serves what it cosigned")
    func cosigns() async throws {
        try await Self.with { scene in
            let first = try scene.submission()
            guard case .cosigned(let lines) = try await scene.submit(first) else {
                Issue.record("not cosigned")
                return
            }
            let signature = try first.checkpoint.cosignature(in: lines, by: scene.cosigner.key)
            let served = try await scene.client.latest(
                of: scene.signer.key.name.description, from: scene.entry(),
                deadline: .now + .seconds(30))
            #expect(try served == first.checkpoint.adding(signature).note.bytes)
            #expect(
                try await scene.submit(scene.submission(old: 0, size: 2))
                    == .stale(#require(TreeSize(1))))
            #expect(
                try await scene.submit(scene.submission(old: 1, size: 2)) == .refused(status: 422))
            let proof = [MerkleHash.leaf([1])]
            guard
                case .cosigned = try await scene.submit(
                    scene.submission(old: 1, size: 2, proof: proof))
            else {
                Issue.record("not cosigned")
                return
            }
        }
    }

    @Test("refuses with the statuses of the specification")
    func statuses() async throws {
        try await Self.with { scene in
            let unknown = try scene.submission(origin: "test.creditmesh/log/nobody")
            #expect(try await scene.submit(unknown) == .refused(status: 404))
            let forged = try scene.submission(origin: scene.signer.key.name.description)
            #expect(try await scene.submit(forged) == .refused(status: 403))
            let backwards = try scene.submission(old: 2, size: 1)
            #expect(try await scene.submit(backwards) == .refused(status: 400))
            let missing = try await scene.client.latest(
                of: "test.creditmesh/log/nobody", from: scene.entry(),
                deadline: .now + .seconds(30))
            #expect(missing == nil)
        }
    }

    @Test(
        "the size that it knows comes in the specification's own type, without a client certificate"
    )
    func size() async throws {
        try await Self.with { scene in
            _ = try await scene.submit(scene.submission())
            let body = try scene.submission(old: 0, size: 2).bytes
            let answer = try await scene.request(
                "POST /add-checkpoint HTTP/1.1", body: body)
            #expect(answer.status == 409)
            #expect(answer.fields["content-type"] == "text/x.tlog.size")
            #expect(answer.body == Array("1\n".utf8))
        }
    }

    @Test("refuses what is too long before it reads it, and what is not there")
    func bounds() async throws {
        try await Self.with { scene in
            let long = try await scene.request(
                "POST /add-checkpoint HTTP/1.1\ncontent-length: 16385")
            #expect(long.status == 413)
            for (line, status) in [
                ("GET /add-checkpoint", 405), ("GET /", 404), ("GET /v1/node", 404),
                ("DELETE /add-checkpoint", 405),
                ("GET /\(String(repeating: "z", count: 64))/checkpoint", 404),
            ] {
                let answer = try await scene.request(
                    "\(line) HTTP/1.1")
                #expect(answer.status == status, "\(line)")
            }
        }
    }
}
