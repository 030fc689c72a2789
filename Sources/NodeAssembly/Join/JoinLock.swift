import Foundation

/// Says that one join works on a home: an exclusive `flock` on a file beside the home.
///
/// The kernel gives the lock up when the process ends, however it ends. The file is removed while the
/// lock is held; whoever locked a file that was removed meanwhile tries again with the one in its place.
final class JoinLock: Sendable {
    /// How often a file is locked that the holder of before has just removed.
    private static let attempts = 8

    private let file: URL
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: `NodeError.inUse` when another join holds it; `NodeError.file`.
    init(_ file: URL) throws(NodeError) {
        for _ in 0..<Self.attempts {
            let opened = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard opened >= 0 else {
                throw .file(file.path, "cannot be made: \(String(cString: strerror(errno)))")
            }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                close(opened)
                break
            }
            if Self.isInPlace(opened, file) {
                (self.file, descriptor) = (file, opened)
                return
            }
            close(opened)
        }
        throw .inUse("another join is at work on this home; wait for it, or stop it, and try again")
    }

    /// Gives the lock up. Called once.
    func release() {
        unlink(file.path)
        close(descriptor)
    }

    private static func isInPlace(_ descriptor: Int32, _ file: URL) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(file.path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }
}
