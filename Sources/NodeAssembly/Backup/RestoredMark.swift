import Exchange
import Foundation
import Membership
import Store
import TransparencyLog

/// Says that a home was brought back from a backup, and that nobody confirmed yet that its log is the
/// newest: after the backup the node may have promised more, and a log that goes on from an older state
/// would be a second one under the same key (protocol/log.md, "After a restore").
///
/// While it is there, the node serves nothing and nothing is added to its log.
public struct RestoredMark: Sendable {
    /// The name of the file in the home.
    static let name = "restored"

    private let file: URL

    /// Of a home.
    public init(home: NodeHome) {
        file = home.folder.appending(path: Self.name)
    }

    /// Whether the home waits for a confirmation.
    var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

    func put(backupAt: String) throws(NodeError) {
        try PrivateFile.write("restored from a backup of \(backupAt)\n".utf8, to: file)
    }

    /// Whether the operator took it upon himself; the peers are heard all the same.
    var isAccepted: Bool {
        FileManager.default.contents(atPath: file.path) == Data(Self.acceptance.utf8)
    }

    private static let acceptance = "accepted by the operator\n"

    /// Takes the mark away: the log is confirmed.
    func clear() throws(NodeError) { try PrivateFile.destroy(file) }

    /// The operator states that the node promised nothing after these many entries. The next start
    /// still asks the peers, who may know better.
    ///
    /// - Throws: `NodeError` when the home was not restored, or its log has another size.
    public func accept(_ size: Int, of home: NodeHome, node: NodeEntry) throws(NodeError) {
        guard isThere else { throw .backup("the home waits for no confirmation") }
        let head: TreeHead?
        do {
            head = try SQLiteLog.promised(record: home.logRecord.path, keys: node.logKeys)
        } catch {
            throw .log(.record, "\(home.logRecord.path) cannot be read")
        }
        let has = head?.size.value ?? 0
        guard has == size else {
            throw .log(.restored, "the log has \(has) entries, not \(size); nothing was changed")
        }
        try PrivateFile.write(Self.acceptance.utf8, to: file)
    }

    /// What to do. `heard`: what came of asking others, where they were asked, and a space.
    static func refusal(_ home: NodeHome, _ heard: String = "") -> NodeError {
        .log(
            .restored,
            "\(home.folder.path) was brought back from a backup, and no quorum of witnesses has "
                + "confirmed that its log is the newest. \(heard)Start the node when they can be reached; or, "
                + "when you know that nothing was promised after the backup: "
                + "creditmesh node restore --accept-log SIZE. Otherwise tell the regulator: the log "
                + "begins anew under a new name")
    }
}
