import Foundation
import Synchronization

/// A program that runs beside the test. What it writes goes into a file, so that no pipe fills up.
final class ChildProcess: Sendable {
    /// How a program ended, and all that it wrote.
    struct Output: Sendable {
        /// Its exit status; negative when a signal ended it.
        let status: Int32
        let text: String
    }

    /// A program did not end in time; it was killed.
    struct Late: Error, CustomStringConvertible {
        let description: String
    }

    /// How often the end of a program is looked for.
    static let interval = Duration.milliseconds(50)

    private let process: Mutex<Process>
    private let log: URL

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: its file.
    ///   - arguments: no identifier or name: everybody on the machine can read them.
    ///   - directory: where it runs.
    ///   - environment: what is added to the test's own environment.
    ///   - log: the file for standard output and standard error.
    init(
        _ program: URL, _ arguments: [String], in directory: URL,
        environment: [String: String] = [:], log: URL
    ) throws {
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = Mutex(process)
        self.log = log
    }

    /// Whether it still runs.
    var isRunning: Bool { process.withLock(\.isRunning) }

    /// All that it wrote so far.
    var text: String {
        (try? Data(contentsOf: log)).map { String(decoding: $0, as: UTF8.self) } ?? "(no log)"
    }

    /// Asks it to end, by SIGTERM.
    func terminate() {
        process.withLock { if $0.isRunning { $0.terminate() } }
    }

    /// Waits for its end, and kills it when that takes longer than `limit`.
    func output(within limit: Duration) async throws -> Output {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline, !Task.isCancelled else {
                process.withLock { _ = kill($0.processIdentifier, SIGKILL) }
                throw Late(description: "not ended after \(limit); it wrote:\n\(text)")
            }
            try? await Task.sleep(for: Self.interval)
        }
        let status = process.withLock { process in
            process.terminationReason == .exit
                ? process.terminationStatus : -process.terminationStatus
        }
        return Output(status: status, text: text)
    }
}
