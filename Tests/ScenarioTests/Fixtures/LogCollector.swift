import Logging
import Synchronization

/// Keeps everything that nodes log, at the lowest level.
final class LogCollector: Sendable {
    private let collected = Mutex<[String]>([])

    var lines: [String] { collected.withLock { $0 } }

    /// The lines that an operator must see.
    var warnings: [String] {
        lines.filter { $0.hasPrefix("error ") || $0.hasPrefix("warning ") }
    }

    var logger: Logger {
        var logger = Logger(label: "scenario") { _ in Handler(collector: self) }
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
            let line = "\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])"
            collector.collected.withLock { $0.append(line) }
        }
    }
}
