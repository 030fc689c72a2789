import Exchange
import Membership
import PeerHTTP
import Synchronization

/// Keeps what it hears of directories.
final class ManualListener: DirectoryListener {
    /// What is said to be in force.
    static let edition = DirectoryEdition(root: 2, timestamp: 16)

    private let state = Mutex<[(edition: DirectoryEdition, node: NodeID)]>([])

    /// What was told, and by whom.
    var heard: [(edition: DirectoryEdition, node: NodeID)] { state.withLock { $0 } }

    func hear(of edition: DirectoryEdition, from node: NodeID) -> DirectoryEdition {
        state.withLock { $0.append((edition, node)) }
        return Self.edition
    }
}
