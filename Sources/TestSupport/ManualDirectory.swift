import Exchange
import Membership
import Synchronization

/// A directory that a test replaces between two requests.
public final class ManualDirectory: DirectorySource {
    private let directory: Mutex<Directory>

    /// A source of one directory, until it is replaced.
    public init(_ directory: Directory) {
        self.directory = Mutex(directory)
    }

    /// The directory as it is now.
    public var current: Directory { directory.withLock { $0 } }

    /// From now on this is the directory.
    public func replace(with directory: Directory) {
        self.directory.withLock { $0 = directory }
    }
}
