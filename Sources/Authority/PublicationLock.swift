import Foundation

/// Held while something is published, so that the command and the service, or two commands, do not sign
/// one version twice. The system gives it up when the process ends.
struct PublicationLock: Sendable {
    /// How often it is tried, once in ``pause``, before another publication is in the way.
    static let triesMax = 600
    /// Between two tries.
    static let pause: Duration = .milliseconds(50)

    private let descriptor: Int32

    /// Waits for the lock of an authority's folder.
    ///
    /// - Throws: `AuthorityError.file` when the folder cannot be written, or another publication takes
    ///   longer than half a minute.
    init(in folder: URL) async throws(AuthorityError) {
        let path = folder.appending(path: ".publishing").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? AuthorityFolder.nothing : .file(path, "cannot be made")
        }
        for _ in 0..<Self.triesMax {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                self.descriptor = descriptor
                return
            }
            try? await Task.sleep(for: Self.pause)
        }
        close(descriptor)
        throw .file(path, "another publication is under way; wait for its end and try again")
    }

    /// Lets the next one publish.
    func release() { close(descriptor) }
}
