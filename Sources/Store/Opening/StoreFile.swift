import Exchange
import Foundation

/// The store's files and who may touch them: the folder has mode 0700, files have 0600.
struct StoreFile {
    /// The database; SQLite keeps `-wal` and `-shm` beside it, with the same mode.
    let path: String
    /// The lock (`StoreLock`).
    var lockPath: String { path + ".lock" }
    /// The folder of all of them.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the folder when it is missing, and refuses one that others may enter.
    func prepareFolder() throws(StoreError) {
        let folder = folder
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw Self.failure("the store's folder cannot be made", errno)
        }
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw Self.failure("the store's folder cannot be read", errno)
        }
        guard status.st_mode & 0o077 == 0 else { throw .exposed(folder: folder) }
    }

    /// Makes the database file, empty, when it is missing. SQLite would give it the mode that the
    /// process's umask leaves.
    func prepareDatabase() throws(StoreError) {
        close(try openPrivately(path))
    }

    /// Opens a file of ours for reading and writing, made with mode 0600 when it is missing; never
    /// through a symbolic link, never handed on to a child process. The caller closes it.
    func openPrivately(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("a store file cannot be opened", errno) }
        guard fchmod(descriptor, 0o600) == 0 else {
            let reason = errno
            close(descriptor)
            throw Self.failure("a store file cannot be made private", reason)
        }
        return descriptor
    }

    /// What an `errno` means to the store's user.
    static func failure(_ what: String, _ reason: Int32) -> StoreError {
        if reason == ENOSPC || reason == EDQUOT { return .diskFull }
        return .failed(
            code: cannotOpenCode, message: "\(what): \(String(cString: strerror(reason)))")
    }

    /// `SQLITE_CANTOPEN`, which says the same when SQLite meets the obstacle first.
    private static let cannotOpenCode = 14
}
