import Exchange
import Foundation
import Logging
import Membership
import ServiceLifecycle
import Synchronization

/// The directory from one checked file, read again whenever the file changes.
///
/// A file that does not check, or that is older than the one in force, changes nothing: the last
/// good directory stays and the log says so. The signed directory will take this one's place behind
/// the same port.
public final class DirectoryFile: DirectorySource, Service {
    /// How often the file is looked at.
    static let interval: Duration = .milliseconds(500)

    private let file: URL
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        var directory: Directory
        var stamp: FileStamp?
    }

    /// Reads and checks the file.
    public init(_ file: URL, logger: Logger) throws(NodeError) {
        self.file = file
        self.logger = logger
        let stamp = FileStamp(file)
        state = Mutex(State(directory: try Self.load(file), stamp: stamp))
    }

    /// The directory in force.
    public var current: Directory { state.withLock(\.directory) }

    /// Looks at the file until the node stops.
    public func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            reloadIfChanged()
        }
    }

    private func reloadIfChanged() {
        let stamp = FileStamp(file)
        guard stamp != state.withLock(\.stamp) else { return }
        do {
            let directory = try Self.load(file)
            let isOlder = state.withLock { state in
                state.stamp = stamp
                guard directory.version >= state.directory.version else { return true }
                state.directory = directory
                return false
            }
            if isOlder {
                logger.error("the directory file is older than the directory in force; kept")
            } else {
                logger.info("directory reloaded", metadata: ["version": "\(directory.version)"])
            }
        } catch {
            state.withLock { $0.stamp = stamp }
            logger.error(
                "the directory file does not check; the last good one stays in force: \(error)")
        }
    }

    /// Reads and checks a directory's file.
    public static func load(_ file: URL) throws(NodeError) -> Directory {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw .file(file.path, "cannot be read")
        }
        do {
            return try Directory(json: Array(data))
        } catch {
            throw .directory("\(file.path): \(error)")
        }
    }
}
