import Membership
import Synchronization
import TransparencyLog

/// Holds other nodes to their receipts: the checkpoint of each must soon be the beginning of one that
/// enough witnesses cosigned, or the log was shown to this node alone (protocol/log.md, "What an
/// asker awaits").
public final class WitnessWatch: Sendable {
    /// After this long a report says that the node's log is unwitnessed.
    public static let unwitnessedAfter: Duration = .seconds(300)
    /// After this long the node is asked no more.
    public static let untrustedAfter: Duration = .seconds(3600)
    /// Most receipts of one node that are awaited.
    public static let awaitedMax = 256

    /// How a node stands.
    public enum Standing: Sendable {
        /// Nothing is overdue.
        case witnessed
        /// It is asked; the report says so.
        case unwitnessed
        /// It is not asked.
        case untrusted
    }

    private let directory: any DirectorySource
    private let clock: any Clock
    private let shelf: any NoteShelf
    private let alarms: any Alarms
    private let state: Mutex<[NodeID: AwaitedReceipts]>
    /// Of whom something newer was seen than is kept.
    private let unkept = Mutex<Set<NodeID>>([])

    /// A watch that goes on with what the shelf has.
    ///
    /// - Throws: `StoreError` when the shelf cannot be read.
    public init(
        directory: any DirectorySource, shelf: any NoteShelf, alarms: any Alarms, clock: any Clock
    ) throws(StoreError) {
        self.directory = directory
        self.clock = clock
        self.shelf = shelf
        self.alarms = alarms
        var kept: [NodeID: AwaitedReceipts] = [:]
        for node in directory.current.nodes {
            guard let bytes = try shelf.note(node.id.text) else { continue }
            guard let awaited = try? AwaitedReceipts(bytes: bytes) else {
                throw .failed(code: 1, message: "what was awaited of a log cannot be read")
            }
            kept[node.id] = awaited
        }
        state = Mutex(kept)
    }

    /// Notes the checkpoint of a receipt that was believed.
    func saw(_ checkpoint: SignedCheckpoint, of node: NodeID) {
        let isAwaited = directory.current.charter.witnessQuorum > 0
        let now = clock.now
        let isNewer = state.withLock { state in
            if isAwaited { state[node, default: AwaitedReceipts()].add(checkpoint, at: now) }
            return state[node, default: AwaitedReceipts()].see(checkpoint)
        }
        if isNewer { unkept.withLock { _ = $0.insert(node) } }
    }

    /// The newest checkpoint of a node's log that this one got in a receipt, or saw cosigned: what a
    /// node asks for whose home was brought back from a backup.
    func newest(of node: NodeID) -> SignedCheckpoint? {
        state.withLock { $0[node]?.newest }
    }

    /// Keeps the newest over restarts. What a crash takes is that of the last moments.
    public func keepNewest() {
        let nodes = unkept.withLock { unkept in
            defer { unkept = [] }
            return unkept
        }
        for node in nodes where !keep(node) { unkept.withLock { _ = $0.insert(node) } }
    }

    /// How a node stands now.
    public func standing(of node: NodeID) -> Standing {
        guard directory.current.charter.witnessQuorum > 0,
            let since = state.withLock({ $0[node]?.since })
        else { return .witnessed }
        let seconds = clock.now.seconds(since: since)
        if seconds > Self.untrustedAfter.components.seconds { return .untrusted }
        return seconds > Self.unwitnessedAfter.components.seconds ? .unwitnessed : .witnessed
    }

    /// Looks at all nodes of which something is awaited, and keeps what is.
    ///
    /// - Parameter member: in whose name is asked; a member of this node.
    public func check(
        _ logs: any PeerLogs, as member: MemberID, deadline: ContinuousClock.Instant
    ) async {
        let directory = directory.current
        guard directory.charter.witnessQuorum > 0 else { return }
        let waiting = state.withLock { $0.filter { !$0.value.receipts.isEmpty } }
        await withTaskGroup(of: Void.self) { group in
            for (id, awaited) in waiting {
                guard let node = directory.node(id) else { continue }
                let look = WitnessLook(
                    node: node, directory: directory, logs: logs, member: member,
                    deadline: deadline)
                group.addTask { self.settle(await look.result(awaited), of: id) }
            }
        }
        for id in waiting.keys { keep(id) }
    }

    private func settle(_ result: WitnessLook.Result, of node: NodeID) {
        for alarm in result.alarms { alarms.raise(alarm) }
        guard let cosigned = result.cosigned else { return }
        state.withLock { $0[node]?.settle(result.shown, under: cosigned) }
    }

    /// What is not kept is awaited anew from the next receipt on.
    @discardableResult
    private func keep(_ node: NodeID) -> Bool {
        guard let awaited = state.withLock({ $0[node] }) else { return true }
        return (try? shelf.put(awaited.bytes, as: node.text)) != nil
    }
}
