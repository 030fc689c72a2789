import Exchange
import Foundation
import Membership
import Store

/// Backs a node's home up while the node runs or not (protocol/store.md, "A backup").
///
/// The store is copied before the log, and the log's record before the log itself: so the log of the
/// copy holds everything that its store and its record speak of.
public struct HomeBackup: Sendable {
    let home: NodeHome

    /// Of a home.
    public init(home: NodeHome) {
        self.home = home
    }

    /// Writes a backup in the clear into a new folder of mode 0700; its manifest comes last, so that one
    /// without is none.
    ///
    /// - Parameter place: the folder; nothing is there yet, and it is not in the home.
    /// - Throws: `NodeError`; a part may be left, which is no backup.
    public func make(in place: URL, now: Timestamp) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: place.path), !home.contains(place) else {
            throw .file(place.path, "is there already, or lies in the home")
        }
        _ = try copy(to: place, now: now)
    }

    /// Copies the home as of one moment into a new folder, and says what is in it.
    func copy(to place: URL, now: Timestamp) throws(NodeError) -> BackupManifest {
        let configuration = try NodeConfiguration(home: home)
        try NodeHome.createFolder(place)
        let copy = NodeHome(place)
        for folder in [copy.store, copy.log, copy.logRecord] {
            try NodeHome.createFolder(folder.deletingLastPathComponent())
        }
        try database(home.store, to: copy.store)
        try record(to: copy.logRecord)
        try database(home.log, to: copy.log)
        let done = [home.store, home.logRecord, home.log].map { HomeFiles.path(of: $0, in: home) }
        var paths = done
        for path in try HomeFiles.all(in: home) where !done.contains(path) {
            let target = place.appending(path: path)
            try NodeHome.createFolder(target.deletingLastPathComponent())
            try PrivateFile.copy(home.folder.appending(path: path), to: target)
            paths.append(path)
        }
        let manifest = try BackupManifest(
            node: configuration.node, at: now, folder: place, paths: paths)
        try PrivateFile.write(
            manifest.bytes(), to: place.appending(path: BackupManifest.name))
        return manifest
    }

    /// Read at once: the node writes its two places in turn, and one of them is whole at any moment.
    private func record(to target: URL) throws(NodeError) {
        guard let data = FileManager.default.contents(atPath: home.logRecord.path) else {
            throw .file(home.logRecord.path, "cannot be read")
        }
        try PrivateFile.write(data, to: target)
    }

    private func database(_ source: URL, to target: URL) throws(NodeError) {
        do {
            try DatabaseCopy.make(of: source.path, to: target.path)
        } catch {
            throw .failed("\(source.path) cannot be copied: \(error)")
        }
    }
}

/// The files of a home that a backup holds beside databases.
enum HomeFiles {
    /// What belongs to one running process, or must not be there twice: what a node cosigned as a
    /// witness is never brought back from a copy, nor is the key with which it did.
    private static let leftOut = [
        "local-api/", "store/", "log/", "promised/", "witnesses/given/", "keys/witness/",
        "tls/next/",
        RestoredMark.name,
    ]

    /// Paths relative to the home.
    static func all(in home: NodeHome) throws(NodeError) -> [String] {
        guard let found = FileManager.default.enumerator(atPath: home.folder.path) else {
            throw .file(home.folder.path, "cannot be read")
        }
        var paths: [String] = []
        for case let path as String in found.allObjects {
            let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
            guard !isHidden, !leftOut.contains(where: { path.hasPrefix($0) }),
                found.isRegular(home.folder.appending(path: path))
            else { continue }
            paths.append(path)
        }
        return paths.sorted()
    }

    /// The path of a file of the home within it.
    static func path(of file: URL, in home: NodeHome) -> String {
        let parts = file.standardizedFileURL.pathComponents
        return parts.dropFirst(home.folder.standardizedFileURL.pathComponents.count)
            .joined(separator: "/")
    }
}

extension FileManager.DirectoryEnumerator {
    /// Whether a path is that of a file, not through a link.
    fileprivate func isRegular(_ file: URL) -> Bool {
        var status = stat()
        return lstat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
