import Exchange
import Foundation
import Membership
import PeerHTTP
import Synchronization
import TransparencyLog

/// Asks the other nodes what they hold of the log of a restored home: whoever was answered has a
/// checkpoint that it signed (protocol/log.md, "After a restore").
struct RestoredLog {
    /// How long each node may take.
    static let patience: Duration = .seconds(10)

    private let parts: NodeParts
    private let home: NodeHome

    init(parts: NodeParts, home: NodeHome) {
        self.parts = parts
        self.home = home
    }

    /// Refuses a log of which a node holds more than it has. Who does not answer is not waited for: the
    /// word of witnesses, or the operator's, is still needed.
    ///
    /// - Throws: `NodeError.log` with `.witnessed`.
    func check() async throws(NodeError) {
        let context = parts.offline.context
        let directory = context.directory.issued
        guard let own = directory.node(context.node), let member = parts.speaker(directory)
        else { return }
        let size: Int
        do throws(LogError) {
            size = try await context.log.checkpoint().checkpoint.head.size.value
        } catch {
            throw .log(.record, "\(home.log.path) cannot be read: \(error)")
        }
        let more = Mutex<(node: NodeID, size: Int)?>(nil)
        let others = directory.nodes.filter { $0.id != own.id && $0.status != .withdrawn }
        await Gossip.turn(to: others) { [peers = parts.peers] node in
            let deadline = ContinuousClock.now + Self.patience
            guard
                let note = try? await peers.logSeen(by: node, as: member, deadline: deadline),
                let seen = try? SignedCheckpoint(bytes: note),
                (try? seen.verified(log: own.logKeys)) != nil
            else { return false }
            let held = seen.checkpoint.head.size.value
            more.withLock { more in
                guard held > max(size, more?.size ?? size) else { return }
                more = (node.id, held)
            }
            return true
        }
        guard let found = more.withLock({ $0 }) else { return }
        throw .log(
            .witnessed,
            "the node '\(found.node)' holds a receipt of this log with \(found.size) entries, "
                + "and \(home.log.path) has \(size): put back a newer backup, or tell the "
                + "regulator; the log then begins anew under a new name. "
                + "对方节点持有更新的回执，请恢复更新的备份，或告知监管机构。")
    }
}
