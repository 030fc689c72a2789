import Foundation
import Pseudonym

/// Where a home is brought back from: a folder of plain files, or one enciphered file.
public enum BackupSource: Sendable {
    /// A folder that `node backup --plain` made.
    case folder(URL)
    /// A file, and the passphrase under which it is enciphered.
    case sealed(URL, passphrase: [UInt8])

    /// Copies everything into a folder and compares it with the manifest.
    ///
    /// - Parameter progress: called with bytes that are done, and all.
    /// - Throws: `NodeError.backup` for what is not whole, was changed, or is under another passphrase.
    func extract(
        to staging: NodeHome, onProgress: (BackupProgress) -> Void
    ) throws(NodeError) -> BackupManifest {
        switch self {
        case .folder(let folder):
            let manifest = try BackupManifest(of: folder)
            try staging.createFolders()
            try Self.each(manifest, in: staging, onProgress) { entry, target throws(NodeError) in
                let source = folder.appending(path: entry.path)
                guard FileManager.default.fileExists(atPath: source.path) else {
                    throw .backup("\(source.path) is missing from the backup")
                }
                try PrivateFile.copy(source, to: target)
            }
            return manifest
        case .sealed(let file, let passphrase):
            var reader = try Self.reader(of: file, passphrase)
            let manifest = try Self.manifest(&reader, of: file)
            try staging.createFolders()
            try Self.each(manifest, in: staging, onProgress) { entry, target throws(NodeError) in
                try PrivateFile.write(to: target) { handle throws(NodeError) in
                    var left = entry.bytes
                    while left > 0 {
                        let part = try reader.read(upTo: left)
                        do { try handle.write(contentsOf: Data(part)) } catch {
                            throw .file(target.path, "cannot be written")
                        }
                        left -= part.count
                    }
                }
            }
            try reader.finish()
            return manifest
        }
    }

    private static func reader(
        of file: URL, _ passphrase: [UInt8]
    ) throws(NodeError) -> SealedFileReader {
        try SealedFileReader(
            file, headBytes: StreamOpener.headBytes,
            broken: .backup(
                "\(file.path) does not open with this passphrase, or was changed or cut off")
        ) { head throws(NodeError) in
            do throws(SealingError) {
                return try StreamOpener(head: head, passphrase: passphrase)
            } catch {
                throw error == .key
                    ? .failed("there is not the memory for the key of a backup")
                    : .backup("\(file.path) is no enciphered backup of this version")
            }
        }
    }

    private static func manifest(
        _ reader: inout SealedFileReader, of file: URL
    ) throws(NodeError) -> BackupManifest {
        let length = try reader.read(exactly: MemoryLayout<UInt64>.size)
            .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= BackupManifest.bytesMax else {
            throw .backup("\(file.path) is no enciphered backup of this version")
        }
        return try BackupManifest(
            json: reader.read(exactly: Int(length)), named: file.path)
    }

    private static func each(
        _ manifest: BackupManifest, in staging: NodeHome, _ onProgress: (BackupProgress) -> Void,
        _ copy: (BackupManifest.Entry, URL) throws(NodeError) -> Void
    ) throws(NodeError) {
        let all = manifest.files.reduce(0) { $0 + $1.bytes }
        var done = 0
        for entry in manifest.files {
            let target = staging.folder.appending(path: entry.path)
            try NodeHome.createFolder(target.deletingLastPathComponent())
            try copy(entry, target)
            guard try BackupManifest.Entry(entry.path, in: staging.folder) == entry else {
                throw .backup("\(entry.path) is not what the backup's manifest says")
            }
            done += entry.bytes
            onProgress(BackupProgress(done: done, all: all))
        }
    }
}
