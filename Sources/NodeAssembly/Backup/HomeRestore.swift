import Exchange
import Foundation
import Logging
import Membership

/// Brings a home back from a backup: whole and checked, or not at all (protocol/store.md, "A backup").
///
/// Everything happens in a folder beside the home, which then takes its name. After a crash at any
/// point the same command begins anew.
public struct HomeRestore: Sendable {
    /// A point at which a restore can fail, or the process can end.
    package enum Step: Sendable, CaseIterable {
        case copied, marked, checked, placed
    }

    private let backup: BackupSource
    private let home: NodeHome
    private let atStep: @Sendable (Step) throws(NodeError) -> Void
    private let onProgress: @Sendable (BackupProgress) -> Void

    /// From a backup to a home, which is not there yet; `onProgress` is called after each file.
    public init(
        backup: BackupSource, home: NodeHome,
        onProgress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) {
        self.init(backup: backup, home: home, onProgress: onProgress) { _ throws(NodeError) in }
    }

    package init(
        backup: BackupSource, home: NodeHome,
        onProgress: @escaping @Sendable (BackupProgress) -> Void = { _ in },
        atStep: @escaping @Sendable (Step) throws(NodeError) -> Void
    ) {
        self.backup = backup
        self.home = home
        self.onProgress = onProgress
        self.atStep = atStep
    }

    /// Restores.
    ///
    /// - Throws: `NodeError`; then there is no home. `.backup` for a backup that is not whole, `.log` for
    ///   a log that does not verify, `.directory` for keys that the directory does not list.
    public func run(clock: any Exchange.Clock, logger: Logger) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: home.folder.path) else {
            throw .file(home.folder.path, "is there already; a home is never written over")
        }
        let name = home.folder.lastPathComponent
        let staging = NodeHome(
            home.folder.deletingLastPathComponent().appending(path: ".\(name).restoring"))
        try? FileManager.default.removeItem(at: staging.folder)
        let manifest = try extract(to: staging)
        try atStep(.copied)
        try RestoredMark(home: staging).put(backupAt: manifest.at)
        try atStep(.marked)
        try check(staging, manifest, clock, logger)
        try atStep(.checked)
        try PrivateFile.move(staging.folder, to: home.folder)
        try atStep(.placed)
    }

    /// What could not be copied whole is not left lying about.
    private func extract(to staging: NodeHome) throws(NodeError) -> BackupManifest {
        do throws(NodeError) {
            return try backup.extract(to: staging, onProgress: onProgress)
        } catch {
            try? FileManager.default.removeItem(at: staging.folder)
            throw error
        }
    }

    /// Opens it as a node would: keys, directory, store and log, against each other.
    private func check(
        _ staging: NodeHome, _ manifest: BackupManifest, _ clock: any Exchange.Clock,
        _ logger: Logger
    ) throws(NodeError) {
        let configuration = try NodeConfiguration(home: staging)
        guard configuration.node.description == manifest.node else {
            throw .backup("the backup is of '\(manifest.node)', its node.yaml of another node")
        }
        let node = try OfflineNode(
            home: staging, configuration: configuration, clock: clock, logger: logger,
            acceptsRestored: true)
        node.close()
        _ = try CertificateFiles(
            home: staging,
            identity: NodeIdentity(
                consortium: node.context.directory.current.consortium, node: configuration.node)
        ).load()
    }
}
