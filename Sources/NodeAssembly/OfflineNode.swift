import Exchange
import Foundation
import Logging
import Membership
import RiskStandard
import Store

/// A home opened without network: keys, directory and store, checked against each other.
///
/// Offline commands (import, publish) use it; a running node builds on it. The store is locked, so
/// that one process owns it.
public struct OfflineNode: Sendable {
    /// Who the node is, and its ports.
    public let context: NodeContext
    /// The directory's file.
    public let directory: DirectoryFile
    /// The node's keys.
    public let keys: NodeKeys
    /// Keeps the node's own filters.
    public let publisher: FilterPublisher
    private let store: SQLiteStore

    /// Opens a home.
    public init(
        home: NodeHome, configuration: NodeConfiguration, clock: any Exchange.Clock,
        logger: Logger
    ) throws(NodeError) {
        keys = try NodeKeys(home: home)
        directory = try DirectoryFile(configuration.directory, logger: logger)
        try Self.check(directory.current, node: configuration.node, keys: keys)
        store = try Self.open(home)
        context = NodeContext(
            node: configuration.node, directory: directory, keys: keys.ring, store: store,
            clock: clock)
        publisher = FilterPublisher(context: context)
    }

    /// Closes the store.
    public func close() {
        try? store.close()
    }

    /// Imports books of this home's members.
    public func importer() throws(NodeError) -> BookImporter {
        do {
            return try BookImporter(
                context: context, standards: .embedded, references: keys.references)
        } catch .unknownStandard(let name) {
            throw .directory("the charter names the standard \(name), which this version lacks")
        } catch {
            throw .directory("the charter names a scheme whose pattern this version cannot read")
        }
    }

    private static func open(_ home: NodeHome) throws(NodeError) -> SQLiteStore {
        do {
            return try SQLiteStore.open(at: home.store.path)
        } catch .inUse(let path) {
            throw .inUse(
                "\(path) is in use by another process; is the node running? Stop it first.")
        } catch {
            throw .failed("the store cannot be opened: \(error)")
        }
    }

    /// The directory must list this node with the key that it holds: a node that answered under
    /// another key would be an error at every asker.
    private static func check(
        _ directory: Directory, node: NodeID, keys: NodeKeys
    ) throws(NodeError) {
        guard let entry = directory.node(node) else {
            throw .directory("does not list node '\(node)'")
        }
        let current = keys.ring.current
        let listed = entry.currentVOPRFKey
        guard listed?.kid.description == current.kid.rawValue,
            listed?.publicKey.bytes == current.secret.publicKey.bytes
        else {
            throw .directory(
                "lists another current pseudonym key for '\(node)' than this home's "
                    + "'\(current.kid.rawValue)'")
        }
    }
}
