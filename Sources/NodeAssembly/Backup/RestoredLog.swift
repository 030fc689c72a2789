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

    /// Who was asked, and what came of it.
    struct Hearing: Sendable, Equatable {
        /// The other nodes that belong.
        var asked = 0
        /// Of them, those that answered, also that they saw nothing of the log.
        var answered = 0

        /// For the operator, in one clause.
        var text: String {
            answered == 0
                ? "none of \(asked) other nodes answered, so that nobody could contradict "
                    + "(\(asked) 个其他节点均未答复，无人能够证实或否认)"
                : "\(answered) of \(asked) other nodes answered, and none holds anything else"
        }
    }

    private let parts: NodeParts
    private let home: NodeHome

    init(parts: NodeParts, home: NodeHome) {
        self.parts = parts
        self.home = home
    }

    /// Refuses a log of which a node holds more than it has, or another tree. Who does not answer is not
    /// waited for: the word of witnesses, or the operator's, is still needed.
    ///
    /// - Throws: `NodeError.log` with `.witnessed`.
    func check() async throws(NodeError) -> Hearing {
        let context = parts.offline.context
        let directory = context.directory.issued
        let others = directory.nodes.filter { $0.id != context.node && $0.status != .withdrawn }
        var hearing = Hearing(asked: others.count)
        guard let own = directory.node(context.node), let member = parts.speaker(directory)
        else { return hearing }
        let heard = Mutex<[(node: NodeID, head: TreeHead?)]>([])
        await Gossip.turn(to: others) { [peers = parts.peers] node in
            let deadline = ContinuousClock.now + Self.patience
            do throws(PeerFailure) {
                let note = try await peers.logSeen(by: node, as: member, deadline: deadline)
                guard let seen = try? SignedCheckpoint(bytes: note),
                    (try? seen.verified(log: own.logKeys)) != nil
                else { return false }
                heard.withLock { $0.append((node.id, seen.checkpoint.head)) }
            } catch {
                guard error == .refused(.notFound) else { return false }
                heard.withLock { $0.append((node.id, nil)) }
            }
            return true
        }
        let all = heard.withLock { $0 }
        hearing.answered = all.count
        try await compare(all)
        return hearing
    }

    private func compare(_ heard: [(node: NodeID, head: TreeHead?)]) async throws(NodeError) {
        let log = parts.offline.context.log
        for (node, head) in heard {
            guard let head else { continue }
            let (size, isBeginning): (Int, Bool)
            do throws(LogError) {
                size = try await log.checkpoint().checkpoint.head.size.value
                isBeginning = try await log.begins(with: head)
            } catch {
                throw .log(.record, "\(home.log.path) cannot be read: \(error)")
            }
            guard !isBeginning else { continue }
            let held = head.size.value
            let what = held > size ? "with \(held) entries" : "with another tree of \(held) entries"
            throw .log(
                .witnessed,
                "the node '\(node)' holds a receipt of this log \(what), "
                    + "and \(home.log.path) has \(size): put back a newer backup, or tell the "
                    + "regulator; the log then begins anew under a new name. "
                    + "对方节点持有更新或不同的回执，请恢复更新的备份，或告知监管机构。")
        }
    }
}
