import Foundation

/// The copy of one moment from which an enciphered backup is made: in the clear, in the home, for as long
/// as it takes (protocol/store.md, "An enciphered backup").
///
/// Whoever makes one holds a lock, which the kernel gives up when the process ends, however it ends. So a
/// copy without a holder is one that a crash left, and goes when the home is next opened.
final class BackupCopy {
    /// The names in the home; hidden, so that no backup holds them.
    private static let (folderName, lockName) = (".backup", ".backup.lock")

    /// Where the copy is to be made; nothing is there.
    let folder: URL
    private let lock: Int32

    /// Begins one.
    ///
    /// - Throws: `NodeError.inUse` while another backup of the home is being made.
    init(in home: NodeHome) throws(NodeError) {
        guard let lock = try Self.lock(home) else {
            throw .inUse("another backup of \(home.folder.path) is being made; wait for its end")
        }
        self.lock = lock
        folder = home.folder.appending(path: Self.folderName)
        try? FileManager.default.removeItem(at: folder)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
        close(lock)
    }

    /// Removes what a crash left; a copy that is being made stays.
    static func sweep(_ home: NodeHome) {
        let folder = home.folder.appending(path: folderName)
        guard FileManager.default.fileExists(atPath: folder.path),
            let lock = try? lock(home)
        else { return }
        try? FileManager.default.removeItem(at: folder)
        close(lock)
    }

    /// The open file while the lock is held; nil when another holds it. The file stays: removing it would
    /// let two lock two files of one name.
    private static func lock(_ home: NodeHome) throws(NodeError) -> Int32? {
        let file = home.folder.appending(path: lockName)
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(file.path, "cannot be made") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
