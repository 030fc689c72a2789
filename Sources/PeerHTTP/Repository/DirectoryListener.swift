import Exchange
import Membership

/// Hears that a node holds a new directory (protocol/directory.md, "Peers").
public protocol DirectoryListener: Sendable {
    /// Takes note of what a node says to hold, and returns at once.
    ///
    /// - Returns: what is in force here.
    func hear(of edition: DirectoryEdition, from node: NodeID) -> DirectoryEdition
}
