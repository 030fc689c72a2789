import Foundation
import Synchronization
import Testing

/// The program itself, run as people run it.
enum Command {
    /// What a finished command said.
    struct Output: Sendable {
        let status: Int32
        let text: String
        let errors: String

        /// The stable code of an error in JSON, nil when standard error holds none.
        var errorCode: String? {
            try? JSONDecoder().decode([String: String].self, from: Data(errors.utf8))["code"]
        }
    }

    /// The program, which is built beside the tests.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "creditmesh")

    /// Runs a command to its end. `fileBytesMax`: a write beyond this size of a file fails (`EFBIG`).
    static func run(
        _ arguments: [String], input: String = "", fileBytesMax: Int? = nil
    ) async throws -> Output {
        try await RunningCommand.start(arguments, input: input, fileBytesMax: fileBytesMax)
            .output()
    }

    /// Runs another program of the machine, found on the path, to its end.
    static func run(
        tool: String, _ arguments: [String], in folder: URL? = nil,
        environment: [String: String] = [:]
    ) async throws -> Output {
        try await RunningCommand.start(
            tool: tool, arguments, in: folder, environment: environment
        ).output()
    }

    /// Whether a program is on the path.
    static func isHere(_ tool: String) -> Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
        }
    }

    /// What makes a shell set that limit, in the blocks in which it counts, and become the command.
    fileprivate static func limiting(to fileBytesMax: Int) -> [String] {
        let limit = "ulimit -f \(fileBytesMax / 512); exec env --ignore-signal=XFSZ"
        return ["-c", limit + " \"$0\" \"$@\"", program.path]
    }
}

/// A command that runs.
final class RunningCommand: Sendable {
    private let process: Mutex<Process>
    private let folder: URL
    private let end: AsyncStream<Int32>

    /// Starts a command; its output goes through files, so that no pipe fills up.
    static func start(
        _ arguments: [String], input: String = "", fileBytesMax: Int? = nil
    ) throws -> RunningCommand {
        try RunningCommand(input: input) { process in
            process.executableURL = Command.program
            process.arguments = arguments
            if let fileBytesMax {
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = Command.limiting(to: fileBytesMax) + arguments
            }
        }
    }

    /// Starts another program of the machine, with this process's environment and more.
    static func start(
        tool: String, _ arguments: [String], in folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> RunningCommand {
        try RunningCommand(input: "") { process in
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [tool] + arguments
            if let folder { process.currentDirectoryURL = folder }
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
    }

    private init(input: String, _ prepare: (Process) -> Void) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Data(input.utf8).write(to: folder.appending(path: "in"))
        for name in ["out", "err"] { try Data().write(to: folder.appending(path: name)) }
        let process = Process()
        prepare(process)
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        let (end, ended) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            ended.yield(isSignal ? -process.terminationStatus : process.terminationStatus)
            ended.finish()
        }
        self.end = end
        try process.run()
        self.process = Mutex(process)
    }

    /// Sends a signal; a command that has ended gets none.
    func send(_ signal: Int32) {
        process.withLock { process in
            if process.isRunning { kill(process.processIdentifier, signal) }
        }
    }

    /// What it wrote on standard output so far.
    func textSoFar() throws -> String {
        try String(contentsOf: folder.appending(path: "out"), encoding: .utf8)
    }

    /// Waits for its end; the status of a command that a signal ended is negative. Called once.
    func output() async throws -> Command.Output {
        defer { try? FileManager.default.removeItem(at: folder) }
        var iterator = end.makeAsyncIterator()
        let status = try #require(await iterator.next())
        return Command.Output(
            status: status, text: try textSoFar(),
            errors: try String(contentsOf: folder.appending(path: "err"), encoding: .utf8))
    }
}
