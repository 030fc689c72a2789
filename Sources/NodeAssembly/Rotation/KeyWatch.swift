import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import Synchronization
import TransparencyLog

/// Takes the keys of a home into use while the node runs: when a key's file comes or goes, and when the
/// directory lists another one (protocol/directory.md, "Changing keys").
///
/// What cannot be read changes nothing; the node's log says so.
final class KeyWatch: Sendable {
    private let home: NodeHome
    private let node: OfflineNode
    private let signers: MessageSigners
    private let pseudonyms: PseudonymKeyChanges
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        var files: [String: FileStamp]
        var directory: Int
        /// Public halves of the keys that sign the log.
        var log: [NoteKey]
    }

    /// Watches the keys of an opened home.
    init(
        home: NodeHome, node: OfflineNode, signers: MessageSigners,
        pseudonyms: PseudonymKeyChanges, logger: Logger
    ) {
        self.home = home
        self.node = node
        self.signers = signers
        self.pseudonyms = pseudonyms
        self.logger = logger
        let directory = node.context.directory.current
        let own = directory.node(node.context.node)
        let log = own.flatMap { try? OpenedLog.signers(of: $0, keys: node.keys.signing.log) }
        state = Mutex(
            State(
                files: Self.stamps(of: home), directory: directory.version,
                log: (log ?? []).map(\.key)))
        if let own { signers.look(at: own, directory.members(servedBy: own.id)) }
    }

    /// Looks once.
    func look() async {
        let directory = node.context.directory.current
        guard let own = directory.node(node.context.node) else { return }
        let files = Self.stamps(of: home)
        let changed = state.withLock { state in
            defer { (state.files, state.directory) = (files, directory.version) }
            return state.files != files || state.directory != directory.version
        }
        if changed { take(own) }
        signers.look(at: own, directory.members(servedBy: own.id))
        await pseudonyms.look(at: own, isChanged: changed)
    }

    private func take(_ own: NodeEntry) {
        do {
            let keys = try SigningKeys(home: home)
            signers.replace(answers: keys.answers, requests: keys.requests)
            try signLog(by: OpenedLog.signers(of: own, keys: keys.log))
        } catch {
            logger.error("alarm: keys of the home cannot be taken into use: \(error)")
        }
    }

    private func signLog(by next: [NoteSigner]) throws(NodeError) {
        guard state.withLock({ $0.log != next.map(\.key) }) else { return }
        do {
            try node.log.sign(with: next)
        } catch {
            throw .failed("the log was not signed by its new keys: \(error)")
        }
        state.withLock { $0.log = next.map(\.key) }
        logger.notice("the log is signed by other keys", metadata: ["keys": "\(next.count)"])
    }

    /// Every file under `keys`, by its path.
    private static func stamps(of home: NodeHome) -> [String: FileStamp] {
        let folder = home.folder.appending(path: "keys")
        let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
        var stamps: [String: FileStamp] = [:]
        for case let name as String in names where !name.contains("/.") && !name.hasPrefix(".") {
            stamps[name] = FileStamp(folder.appending(path: name))
        }
        return stamps
    }
}
