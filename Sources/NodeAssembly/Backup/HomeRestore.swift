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

    private let backup: URL
    private let home: NodeHome
    private let atStep: @Sendable (Step) throws(NodeError) -> Void

    /// From a backup's folder to a home, which is not there yet.
    public init(backup: URL, home: NodeHome) {
        self.init(backup: backup, home: home) { _ throws(NodeError) in }
    }

    package init(
        backup: URL, home: NodeHome, atStep: @escaping @Sendable (Step) throws(NodeError) -> Void
    ) {
        self.backup = backup
        self.home = home
        self.atStep = atStep
    }

    /// Restores.
    ///
    /// - Throws: `NodeError`; then there is no home. `.backup` for a backup that is not whole, `.log` for
    ///   a log that does not verify, `.directory` for keys that the directory does not list.
    public func run(clock: any Exchange.Clock, logger: Logger) throws(NodeError) {
        let manifest = try BackupManifest(of: backup)
        guard !FileManager.default.fileExists(atPath: home.folder.path) else {
            throw .file(home.folder.path, "is there already; a home is never written over")
        }
        let name = home.folder.lastPathComponent
        let staging = NodeHome(
            home.folder.deletingLastPathComponent().appending(path: ".\(name).restoring"))
        try? FileManager.default.removeItem(at: staging.folder)
        try copy(manifest, to: staging)
        try atStep(.copied)
        try RestoredMark(home: staging).put(backupAt: manifest.at)
        try atStep(.marked)
        try check(staging, manifest, clock, logger)
        try atStep(.checked)
        try PrivateFile.move(staging.folder, to: home.folder)
        try atStep(.placed)
    }

    private func copy(_ manifest: BackupManifest, to staging: NodeHome) throws(NodeError) {
        try staging.createFolders()
        for entry in manifest.files {
            let source = backup.appending(path: entry.path)
            let target = staging.folder.appending(path: entry.path)
            try NodeHome.createFolder(target.deletingLastPathComponent())
            guard FileManager.default.fileExists(atPath: source.path) else {
                throw .backup("\(source.path) is missing from the backup")
            }
            try PrivateFile.copy(source, to: target)
            guard try BackupManifest.Entry(entry.path, in: staging.folder) == entry else {
                throw .backup("\(source.path) is not what the backup's manifest says")
            }
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
