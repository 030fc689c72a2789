import CoreMetrics
import Exchange
import Foundation
import Logging
import Membership
import Pseudonym
import RiskStandard
import Store

/// A home opened without network: keys, directory and store, checked against each other.
///
/// Offline commands (import, publish) use it; a running node builds on it. The store is locked, so
/// that one process owns it.
public struct OfflineNode: Sendable {
    /// Who the node is, and its ports.
    public let context: NodeContext
    /// Where the directory comes from, as the officers sign it; what counts is `context.directory`.
    public let directory: any DirectoryService
    /// The node's keys.
    public let keys: NodeKeys
    /// Keeps the node's own filters.
    public let publisher: FilterPublisher
    /// Keeps regulators' denials.
    package let denials: DenialBoard
    /// Keeps what is wrong with logs.
    let alarms: AlarmFolder
    private let store: SQLiteStore
    let log: SQLiteLog

    /// Opens a home. `isKeyChange`: to make its next key current, so that the directory may be
    /// ahead of it. `acceptsRestored`: whether one that was brought back from a backup may be opened
    /// before witnesses have confirmed its log; whoever does so adds nothing to it. `metrics`: where
    /// commits of the log are counted.
    public init(
        home: NodeHome, configuration: NodeConfiguration, clock: any Exchange.Clock,
        logger: Logger, isKeyChange: Bool = false, acceptsRestored: Bool = false,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws(NodeError) {
        guard acceptsRestored || !RestoredMark(home: home).isThere else {
            throw RestoredMark.refusal(home)
        }
        BackupCopy.sweep(home)
        keys = try NodeKeys(home: home)
        directory = try Self.directory(
            of: home, configuration: configuration, clock: clock, logger: logger)
        try Self.check(
            directory.current, node: configuration.node, keys: keys, isKeyChange: isKeyChange)
        alarms = try AlarmFolder(home.alarms, clock: clock, logger: logger)
        denials = try Self.denials(of: home, directory.current)
        let inForce = DenyingDirectory(
            officers: directory, board: denials, departed: DepartureFile.members(of: home),
            of: configuration.node)
        let watch = try Witnessing.watch(of: home, inForce, clock, alarms)
        store = try Self.open(home)
        do throws(NodeError) {
            log = try Self.openLog(home, configuration.node, directory, keys, clock, metrics)
        } catch {
            try? store.close()
            throw error
        }
        context = NodeContext(
            node: configuration.node, directory: inForce, keys: keys.ring, store: store,
            log: log, clock: clock, watch: watch)
        publisher = FilterPublisher(context: context)
    }

    /// Closes the store.
    public func close() {
        try? log.close()
        try? store.close()
    }

    /// Makes the filters of the keys as they now stand in the home, after a change of keys.
    public func renewFilters(of home: NodeHome) async throws {
        let ring = try NodeKeys(home: home).ring
        try await FilterPublisher(
            context: NodeContext(
                node: context.node, directory: context.directory, keys: ring, store: store,
                log: log, clock: context.clock)
        ).refresh()
    }

    /// Imports books of this home's members.
    public func importer() throws(NodeError) -> BookImporter {
        do {
            return try BookImporter(
                context: context, standards: .embedded, references: keys.references,
                sealer: keys.sealer)
        } catch .unknownStandard(let name) {
            throw .directory("the charter names the standard \(name), which this version lacks")
        } catch {
            throw .directory("the charter names a scheme whose pattern this version cannot read")
        }
    }

    private static func directory(
        of home: NodeHome, configuration: NodeConfiguration, clock: any Exchange.Clock,
        logger: Logger
    ) throws(NodeError) -> any DirectoryService {
        guard let origin = configuration.origin else {
            return try DirectoryFile(configuration.directory, logger: logger)
        }
        return try SignedDirectory(
            home: home, origin: origin, clock: clock, interval: configuration.gossipInterval,
            logger: logger)
    }

    /// What is kept of regulators' denials in a home.
    public static func denials(
        of home: NodeHome, _ directory: Directory
    ) throws(NodeError) -> DenialBoard {
        try NodeHome.createFolder(home.denials)
        do {
            return try DenialBoard(
                shelf: NoteFolder(home.denials.path), directory: directory)
        } catch {
            throw .failed("\(home.denials.path) cannot be read: \(error)")
        }
    }

    private static func openLog(
        _ home: NodeHome, _ node: NodeID, _ directory: any DirectoryService, _ keys: NodeKeys,
        _ clock: any Exchange.Clock, _ metrics: any MetricsFactory
    ) throws(NodeError) -> SQLiteLog {
        guard let entry = directory.current.node(node) else {
            throw .directory("does not list node '\(node)'")
        }
        return try OpenedLog.open(
            home, node: entry, keys: keys.signing, clock: clock, metrics: metrics)
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
    /// another key would be an error at every asker. A key that was just made current here may
    /// still be listed as `next`, as long as the listed current one is answered too.
    private static func check(
        _ directory: Directory, node: NodeID, keys: NodeKeys, isKeyChange: Bool
    ) throws(NodeError) {
        guard let entry = directory.node(node) else {
            throw .directory("does not list node '\(node)'")
        }
        let current = keys.ring.current
        let listed = entry.currentVOPRFKey
        if let listed, current.isListed(as: listed) { return }
        if let listed, let own = keys.ring.keys.first(where: { $0.isListed(as: listed) }) {
            let isAhead = entry.voprfKeys.contains { $0.state == .next && current.isListed(as: $0) }
            if own.state == .retiring, isAhead { return }
            if own.state == .next {
                if isKeyChange { return }
                throw .directory(
                    "lists '\(own.kid)' as the current pseudonym key of '\(node)'; "
                        + "run: creditmesh node rekey --activate")
            }
        }
        throw .directory(
            "lists another current pseudonym key for '\(node)' than this home's "
                + "'\(current.kid.rawValue)'")
    }
}

extension PseudonymKey {
    /// Whether an entry of the directory is this key: its name and its public half.
    func isListed(as entry: VOPRFKeyEntry) -> Bool {
        entry.kid.description == kid.rawValue && entry.publicKey.bytes == secret.publicKey.bytes
    }
}
