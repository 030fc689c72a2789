import Exchange
import Foundation
import Pseudonym

/// How far long work has come.
public struct BackupProgress: Sendable {
    /// Bytes that are done.
    public let done: Int
    /// Bytes in all.
    public let all: Int
}

extension HomeBackup {
    /// Writes a backup as one file that is enciphered under a passphrase (protocol/store.md, "An
    /// enciphered backup"). The copy of one moment that is enciphered lies in the home meanwhile, under
    /// the home's own protection: nothing in the clear comes near the place of the backup.
    ///
    /// - Parameters:
    ///   - file: nothing is there yet, and it is not in the home.
    ///   - onProgress: called after each mebibyte or so.
    /// - Throws: `NodeError`; then there is no file.
    public func makeSealed(
        at file: URL, under passphrase: [UInt8], now: Timestamp,
        onProgress: (BackupProgress) -> Void = { _ in }
    ) throws(NodeError) {
        try makeSealed(at: file, under: passphrase, now: now, onProgress: onProgress) {
            _ throws(NodeError) in
        }
    }

    /// A point at which a backup can fail, or the process can end.
    package enum SealingStep: Sendable, CaseIterable {
        case copied, sealed, placed
    }

    package func makeSealed(
        at file: URL, under passphrase: [UInt8], now: Timestamp,
        onProgress: (BackupProgress) -> Void = { _ in },
        atStep: (SealingStep) throws(NodeError) -> Void
    ) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: file.path), !home.contains(file) else {
            throw .file(file.path, "is there already, or lies in the home")
        }
        let copy = try BackupCopy(in: home)
        let manifest = try self.copy(to: copy.folder, now: now)
        try atStep(.copied)
        let unfinished = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).\(UInt32.random(in: .min ... .max))")
        do throws(NodeError) {
            try Self.seal(copy.folder, manifest, in: unfinished, passphrase, onProgress)
            try atStep(.sealed)
            try PrivateFile.move(unfinished, to: file)
        } catch {
            unlink(unfinished.path)
            throw error
        }
        try atStep(.placed)
    }

    private static func seal(
        _ copy: URL, _ manifest: BackupManifest, in file: URL, _ passphrase: [UInt8],
        _ onProgress: (BackupProgress) -> Void
    ) throws(NodeError) {
        let sealer: StreamSealer
        do throws(SealingError) {
            sealer = try StreamSealer(passphrase: passphrase)
        } catch {
            throw .failed("there is not the memory for the key of a backup")
        }
        var writer = try SealedFileWriter(file, sealer: sealer)
        let head = try manifest.bytes()
        try writer.write(withUnsafeBytes(of: UInt64(head.count).bigEndian, Array.init))
        try writer.write(head)
        let all = manifest.files.reduce(0) { $0 + $1.bytes }
        var done = 0
        for entry in manifest.files {
            let source = copy.appending(path: entry.path)
            guard let handle = FileHandle(forReadingAtPath: source.path) else {
                throw .file(source.path, "cannot be read")
            }
            defer { try? handle.close() }
            while true {
                let part: Data?
                do {
                    part = try handle.read(upToCount: PrivateFile.copyBytes)
                } catch {
                    throw .file(source.path, "cannot be read")
                }
                guard let part, !part.isEmpty else { break }
                try writer.write(part)
                done += part.count
                onProgress(BackupProgress(done: done, all: all))
            }
        }
        try writer.finish()
    }
}
