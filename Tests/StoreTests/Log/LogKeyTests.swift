import Exchange
import Foundation
import Synchronization
import Testing
import TransparencyLog

@testable import Store

@Suite("The log under changing keys")
struct LogKeyTests {
    @Test("while keys change hands both sign, then the new one alone; every start reads the record")
    func handover() async throws {
        let scene = try LogScene()
        let (old, next) = (scene.signers[0], try LogScene.signer("next log key"))
        func open(_ signers: [NoteSigner], others: [NoteSigner] = []) throws -> SQLiteLog {
            try SQLiteLog.open(
                at: scene.path, record: scene.record, node: Samples.node, signers: signers,
                others: others.map(\.key), clock: scene.clock)
        }
        let log = try open([old])
        _ = try await log.append(0..<10)
        try log.sign(with: [old, next])
        // What was promised before is signed by both, although nothing was added.
        for key in [old.key, next.key] {
            _ = try await log.checkpoint().verified(log: [key])
        }
        _ = try await log.append(10..<20)
        try log.sign(with: [next])
        let signed = try await log.checkpoint()
        _ = try signed.verified(log: [next.key])
        #expect(throws: (any Error).self) { try signed.verified(log: [old.key]) }
        #expect(try await log.audited(keys: [next.key]).count == 20)
        try log.close()

        let again = try open([next])
        #expect(try await again.audited(keys: [next.key]).count == 20)
        try again.close()
    }

    @Test("a node that was stopped while its key changed reads its record by the key of before")
    func stoppedMeanwhile() async throws {
        let scene = try LogScene()
        let next = try LogScene.signer("next log key")
        let log = try scene.open()
        _ = try await log.append(0..<3)
        try log.close()
        func open(others: [NoteKey]) throws -> SQLiteLog {
            try SQLiteLog.open(
                at: scene.path, record: scene.record, node: Samples.node, signers: [next],
                others: others, clock: scene.clock)
        }
        #expect(throws: LogCheckError.recordUnreadable(path: scene.record)) {
            try open(others: [])
        }
        let opened = try open(others: scene.keys)
        #expect(try await opened.audited(keys: [next.key]).count == 3)
        try opened.close()
        #expect(
            try SQLiteLog.promised(record: scene.record, keys: [next.key])?.size == TreeSize(3))
    }

    @Test("keys of another name, or none, are refused; the log goes on with those it has")
    func refused() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        #expect(throws: LogError.unwritable) { try log.sign(with: []) }
        let name = try #require(KeyName("other.example/log/x"))
        let foreign = try #require(NoteSigner(name: name, privateKey: .init()))
        #expect(throws: LogError.unwritable) { try log.sign(with: [foreign]) }
        _ = try await log.append(0..<2)
        #expect(try await log.audited(keys: scene.keys).count == 2)
    }

    @Test("a record that does not take the new signature leaves the keys of before in force")
    func failing() async throws {
        let scene = try LogScene()
        let isFailing = Flag()
        let log = try scene.open(
            LogTuning(atStep: { step in
                if isFailing.state.withLock({ $0 }), step == .afterPromise {
                    throw StoreError.diskFull
                }
            }))
        _ = try await log.append(0..<2)
        isFailing.state.withLock { $0 = true }
        #expect(throws: LogError.store(.diskFull)) {
            try log.sign(with: [LogScene.signer("next log key")])
        }
        isFailing.state.withLock { $0 = false }
        _ = try await log.append(2..<4)
        #expect(try await log.audited(keys: scene.keys).count == 4)
        try log.close()
    }
}

private final class Flag: Sendable {
    let state = Mutex(false)
}
