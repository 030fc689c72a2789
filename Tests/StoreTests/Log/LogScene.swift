import Crypto
import Exchange
import Foundation
import GRDB
import HTTPSignatures
import Membership
import TestSupport
import TransparencyLog

@testable import Store

/// A folder with the log of an invented node, removed when the test lets go of it.
final class LogScene: Sendable {
    let folder: URL
    let clock = ManualClock(Samples.now)
    let signers: [NoteSigner]

    var path: String { folder.appending(path: "log.sqlite").path }
    var record: String { folder.appending(path: "promised").path }

    init(signers: [NoteSigner]? = nil) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "log-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        self.signers = try signers ?? [Self.signer("log key")]
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    struct NoKey: Error {}

    /// A signer of a label, the same on every run.
    static func signer(_ label: String) throws -> NoteSigner {
        let key = try Curve25519.Signing.PrivateKey(
            rawRepresentation: SHA256.hash(data: Array(label.utf8)))
        let origin: String = "demo.creditmesh/log/\(Samples.node)"
        guard let name = TransparencyLog.KeyName(origin),
            let signer = NoteSigner(name: name, privateKey: key)
        else { throw NoKey() }
        return signer
    }

    var keys: [NoteKey] { signers.map(\.key) }

    func open(_ tuning: LogTuning = LogTuning()) throws -> SQLiteLog {
        try SQLiteLog.open(
            at: path, record: record, node: Samples.node, signers: signers, clock: clock,
            tuning: tuning)
    }

    /// What a crash of the process at this moment leaves.
    func crashed() throws -> LogScene { try Self.crashed(folder, signers: signers) }

    /// The same of the log in a folder.
    static func crashed(_ folder: URL, signers: [NoteSigner]) throws -> LogScene {
        let copy = try LogScene(signers: signers)
        for name in ["log.sqlite", "log.sqlite-wal", "promised"] {
            let file = folder.appending(path: name).path
            guard FileManager.default.fileExists(atPath: file) else { continue }
            try FileManager.default.copyItem(
                atPath: file, toPath: copy.folder.appending(path: name).path)
        }
        return copy
    }

    /// Runs SQL on the log's file itself, past the log.
    func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    /// Changes bytes of the record.
    func overwriteRecord(at offset: UInt64) throws {
        let file = try FileHandle(forUpdating: URL(filePath: record))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data("spoiled".utf8))
        try file.close()
    }

    /// An entry that differs from those of other numbers.
    static func entry(_ number: Int) -> LogEntry {
        var entry = LogEntry(.evaluationAnswered, at: Samples.now, node: Samples.node)
        entry.peerMember = Samples.harbor
        entry.count = number
        entry.retainUntil = Samples.now.advanced(bySeconds: 1000)
        return entry
    }

    static func evidence(_ number: Int) -> Evidence {
        Evidence(
            request: RequestEvidence(
                method: "POST", targetURI: "https://harbor.example/v1/evaluations", headers: [],
                body: Samples.bytes(number, count: 100)))
    }

    static func nonce(_ number: Int, seconds: Int64 = 360) throws -> NonceUse {
        guard let keyID = SigningKeyID("harbor-1"),
            let nonce = SignatureNonce(bytes: Samples.bytes(number, count: 16))
        else { throw NoKey() }
        return NonceUse(
            keyID: keyID, nonce: nonce, keepUntil: Samples.now.advanced(bySeconds: seconds))
    }
}

extension SQLiteLog {
    /// Adds entries of these numbers at the same time.
    func append(_ numbers: Range<Int>) async throws -> [LoggedEntry] {
        try await withThrowingTaskGroup { group in
            for number in numbers {
                group.addTask {
                    try await self.append(LogScene.entry(number), evidence: nil, nonce: nil)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Checks the whole log as an auditor would, and returns its entries.
    func audited(keys: [NoteKey]) async throws -> [[UInt8]] {
        let signed = try await checkpoint()
        _ = try signed.verified(log: keys)
        var audit = try TreeAudit(of: signed.checkpoint.head)
        var entries: [[UInt8]] = []
        while let id = audit.nextBundle {
            guard let bytes = try await self.entries(id) else { throw LogScene.NoKey() }
            let bundle = try EntryBundle(bytes: bytes, count: id.width)
            entries += bundle.entries
            try await check(audit.add(bundle))
        }
        try await check(audit.finish())
        return entries
    }

    private func check(_ tiles: [Tile]) async throws {
        for tile in tiles {
            guard try await self.tile(tile.id) == tile.bytes else { throw LogScene.NoKey() }
        }
    }
}
