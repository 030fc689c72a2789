import Exchange
import Foundation
import Store
import TransparencyLog

/// The exchange log: how many entries a second are durable and proven, beside the machine's own rate of
/// waits for the disk; a start; an auditor's copy and check of all of it; and what memory these take.
struct LogBench {
    let entries: Int

    func run(into table: inout BenchTable) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString)")
        try Self.makeFolder(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let syncs = try Self.syncsPerSecond(folder)
        table.add("waits for the disk (4 KiB, fdatasync)", syncs, "1/s")
        let site = try BenchLog(in: folder)
        let log = try site.open()
        for callers in [1, 64, 512] {
            try await measureAppends(log, site, callers: callers, hasEvidence: true, &table)
        }
        try await measureAppends(log, site, callers: 512, hasEvidence: false, &table)
        try log.close()
        try await measureLong(in: folder.appending(path: "long"), &table)
    }

    /// Callers that each wait for their entry before they bring the next.
    private func measureAppends(
        _ log: SQLiteLog, _ site: BenchLog, callers: Int, hasEvidence: Bool,
        _ table: inout BenchTable
    ) async throws {
        let each = max(1, min(20_000 / callers, 600))
        let clock = ContinuousClock()
        let start = clock.now
        try await site.append(to: log, callers: callers, each: each, hasEvidence: hasEvidence)
        let time = (clock.now - start).inSeconds
        let what = hasEvidence ? "with 4 KiB of evidence" : "alone"
        let isUnderLoad = callers == 512
        table.add(
            "log entries \(what), \(callers) callers", Double(callers * each) / time, "1/s",
            aim: isUnderLoad ? .entriesLogged : nil)
    }

    /// One log with a tenth of the entries and with all, each work on it in a process of its own:
    /// whether it needs more memory for more entries shows in nothing else.
    private func measureLong(in folder: URL, _ table: inout BenchTable) async throws {
        try Self.makeFolder(folder)
        var earlier: [MeasuredRun.Work: Double] = [:]
        for size in [entries / 10, entries] {
            for work in [MeasuredRun.Work.log, .copy, .verify] {
                let done = try MeasuredRun.start(work, file: folder, count: size)
                add(done, of: work, at: size, &table)
                let name = "  its peak memory"
                table.add(name, done.peakMebibytes, "MiB")
                if let before = earlier[work] {
                    table.add(
                        "\(name), of that with a tenth of the entries",
                        done.peakMebibytes / before, "times", aim: .logMemoryGrowth.at(size))
                }
                earlier[work] = done.peakMebibytes
            }
        }
        try await measureStart(in: folder, &table)
    }

    private func add(
        _ done: MeasuredRun, of work: MeasuredRun.Work, at size: Int, _ table: inout BenchTable
    ) {
        switch work {
        case .copy: table.add("copy of \(done.count) entries, checked", done.seconds, "s")
        case .verify:
            table.add(
                "check of \(done.count) entries, offline", done.seconds, "s",
                aim: .logCheckSeconds.at(size))
        default:
            table.add(
                "log entries alone, to \(size), 1024 callers",
                Double(done.count) / done.seconds, "1/s", aim: .entriesLogged)
        }
    }

    private func measureStart(in folder: URL, _ table: inout BenchTable) async throws {
        let site = try BenchLog(in: folder)
        let clock = ContinuousClock()
        let start = clock.now
        let log = try site.open()
        let size = try await log.checkpoint().checkpoint.head.size
        table.add(
            "start of a log of \(size) entries", (clock.now - start).inSeconds, "s",
            aim: .logStartSeconds.at(entries))
        try log.close()
    }

    private static func makeFolder(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    /// How often this machine can wait for 4 KiB to reach the disk.
    private static func syncsPerSecond(_ folder: URL) throws -> Double {
        let descriptor = open(
            folder.appending(path: "sync").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchError.id }
        defer { close(descriptor) }
        let page = [UInt8](repeating: 1, count: 4096)
        let count = 500
        let time = ContinuousClock().measure {
            for index in 0..<count {
                _ = pwrite(descriptor, page, page.count, off_t(index % 2 * page.count))
                _ = fdatasync(descriptor)
            }
        }
        return Double(count) / time.inSeconds
    }
}
