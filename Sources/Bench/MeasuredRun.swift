import ArgumentParser
import Foundation

/// Work over one file or folder in a process of its own, so that its peak of memory is nobody else's:
/// this program started once more, which says what it did in one line.
struct MeasuredRun {
    /// What the process does.
    enum Work: String, ExpressibleByArgument {
        /// `book check`
        case check
        /// `standard check`
        case standard
        /// Entries are added to a log until it has so many.
        case log
        /// An auditor's copy of that log.
        case copy
        /// The check of that copy.
        case verify
    }

    /// From the opened file to the result.
    let seconds: Double
    /// The most memory that was resident.
    let peakMebibytes: Double
    /// What the work counted.
    let count: Int

    /// Starts this program for work, and waits for it.
    ///
    /// - Parameter count: how much is worked on, where the place does not say it.
    static func start(_ work: Work, file: URL, count: Int = 0) throws -> MeasuredRun {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "--measure", work.rawValue, "--measured-file", file.path, "--measured-count",
            String(count),
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let words = String(decoding: said, as: UTF8.self).split { $0.isWhitespace }
        guard process.terminationStatus == 0, words.count == 3, let seconds = Double(words[0]),
            let peak = Double(words[1]), let count = Int(words[2])
        else { throw BenchError.child }
        return MeasuredRun(seconds: seconds, peakMebibytes: peak, count: count)
    }

    /// Does the work here, and says what `start` reads.
    static func perform(_ work: Work, file: URL, count: Int) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let done =
            switch work {
            case .check: try CheckBench.check(file)
            case .standard: try StandardBench.check(file)
            case .log: try await LongLog(in: file).fill(to: count)
            case .copy: try await LongLog(in: file).copy()
            case .verify: try LongLog.check(file)
            }
        let time = clock.now - start
        print(time.inSeconds, try peakMebibytes(), done)
    }

    /// The most memory that this program had resident. What `getrusage` says is no less than the
    /// peak of the process that started it.
    private static func peakMebibytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first,
            let peak = Double(kibibytes)
        else { throw BenchError.child }
        return peak / 1024
    }
}
