import Exchange
import Foundation
import Synchronization

/// Says that this process owns a store: an exclusive `flock` on a file beside it.
///
/// The kernel gives the lock up when the process ends, however it ends. The file itself stays:
/// removing it would let two processes lock two files of the same name.
final class StoreLock: Sendable {
    /// The open file while the lock is held; nil afterwards.
    private let descriptor: Mutex<Int32?>

    /// Takes the lock of a store or throws `inUse`.
    init(_ file: StoreFile) throws(StoreError) {
        let opened = try file.openPrivately(file.lockPath)
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            Foundation.close(opened)
            if reason == EWOULDBLOCK { throw .inUse(path: file.path) }
            throw StoreFile.failure("the lock cannot be taken", reason)
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Gives the lock up; harmless when done twice.
    func release() {
        descriptor.withLock { descriptor in
            if let opened = descriptor { Foundation.close(opened) }
            descriptor = nil
        }
    }
}
