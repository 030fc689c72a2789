import ArgumentParser
import Foundation

/// Work over one file in a process of its own, so that its peak of memory is nobody else's: this
/// program started once more, which says what it did in one line.
struct MeasuredRun {
    /// What the process does.
    enum Work: String, ExpressibleByArgument {
        /// `book check`
        case check
        /// `standard check`
        case standard
    }

    /// From the opened file to the result.
    let seconds: Double
    /// The most memory that was resident.
    let peakMebibytes: Double
    /// What the work counted.
    let count: Int

    /// Starts this program for work, and waits for it.
    static func start(_ work: Work, file: URL) throws -> MeasuredRun {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--measure", work.rawValue, "--measured-file", file.path]
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
    static func perform(_ work: Work, file: URL) throws {
        var count = 0
        let time = try ContinuousClock().measure {
            count =
                switch work {
                case .check: try CheckBench.check(file)
                case .standard: try StandardBench.check(file)
                }
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print(time.inSeconds, Double(usage.ru_maxrss) / 1024, count)
    }
}
