import Crypto
import Exchange
import Foundation
import Membership
import Store
import TestSupport
import TransparencyLog

/// `lakeside-node` with its store, and a log in a folder that goes with the scene.
final class LoggedScene: Sendable {
    struct NoKey: Error {}

    let scene: AnswerScene
    let log: SQLiteLog
    let context: NodeContext
    let publisher: FilterPublisher
    private let folder: URL

    init() throws {
        scene = try AnswerScene()
        let node = scene.node.context
        folder = FileManager.default.temporaryDirectory
            .appending(path: "logged-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let origin = Array("\(TestDirectory.consortium)/log/\(node.node)".utf8)
        guard let name = TransparencyLog.KeyName(origin),
            let signer = NoteSigner(name: name, privateKey: Curve25519.Signing.PrivateKey())
        else { throw NoKey() }
        log = try SQLiteLog.open(
            at: folder.appending(path: "store/log.sqlite").path,
            record: folder.appending(path: "promised").path, node: node.node, signers: [signer],
            clock: scene.clock)
        context = NodeContext(
            node: node.node, directory: node.directory, keys: node.keys, store: node.store,
            log: log, clock: scene.clock)
        publisher = FilterPublisher(context: context)
    }

    deinit {
        try? log.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// All entries of the log.
    func entries() async throws -> [LogEntry] {
        let size = try await log.checkpoint().checkpoint.head.size
        guard let id = EntryBundleID(index: 0, in: size), let bytes = try await log.entries(id)
        else { return [] }
        return try EntryBundle(bytes: bytes, count: id.width).entries.map {
            try LogEntry(bytes: $0)
        }
    }
}
