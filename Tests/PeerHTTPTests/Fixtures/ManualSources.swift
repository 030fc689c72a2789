import Exchange
import Foundation
import Logging
import Membership
import Synchronization

/// A clock that stands until it is moved.
final class ManualClock: Exchange.Clock {
    private let moment: Mutex<Timestamp>

    init(_ date: Date = Date()) {
        moment = Mutex(Timestamp(secondsSinceEpoch: Int64(date.timeIntervalSince1970)))
    }

    var now: Timestamp { moment.withLock { $0 } }

    func advance(bySeconds seconds: Int64) {
        moment.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}

/// A directory that a test replaces between two requests.
final class ManualDirectory: DirectorySource {
    private let directory: Mutex<Directory>

    init(_ directory: Directory) {
        self.directory = Mutex(directory)
    }

    var current: Directory { directory.withLock { $0 } }

    func replace(with directory: Directory) {
        self.directory.withLock { $0 = directory }
    }
}

/// Keeps what is logged.
final class LogCollector: Sendable {
    private let collected = Mutex<[String]>([])
    private let stream: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    var lines: [String] { collected.withLock { $0 } }

    /// Waits for a line with this text; only one task may wait.
    func line(containing text: String) async -> String? {
        await stream.first { $0.contains(text) }
    }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(collector: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let collector: LogCollector
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = "\(event.message) \(metadata) \(event.metadata ?? [:])"
            collector.collected.withLock { $0.append(line) }
            collector.continuation.yield(line)
        }
    }
}
