import Audit
import Exchange
import Foundation
import Membership
import Pseudonym
import Store
import TransparencyLog

/// The exchange log: how many entries a second are durable and proven, beside the machine's own rate of
/// waits for the disk; a start; and an auditor's copy and check of all of it.
struct LogBench {
    let entries: Int

    func run(into table: inout BenchTable) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        table.add("waits for the disk (4 KiB, fdatasync)", try Self.syncsPerSecond(folder), "1/s")
        let site = try BenchLog(in: folder)
        var log = try site.open()
        for callers in [1, 64, 512] {
            try await measureAppends(log, site, callers: callers, hasEvidence: true, &table)
        }
        try await measureAppends(log, site, callers: 512, hasEvidence: false, &table)
        try await fill(log, site, &table)
        try log.close()
        let clock = ContinuousClock()
        let start = clock.now
        log = try site.open()
        let size = try await log.checkpoint().checkpoint.head.size
        table.add("start of a log of \(size) entries", (clock.now - start).inSeconds, "s")
        try await audit(log, site, &table)
        try log.close()
        table.add("peak memory of the log's bench", ImportBench.peakMebibytes, "MiB")
    }

    /// Callers that each wait for their entry before they bring the next.
    private func measureAppends(
        _ log: SQLiteLog, _ site: BenchLog, callers: Int, hasEvidence: Bool,
        _ table: inout BenchTable
    ) async throws {
        let each = max(1, min(20_000 / callers, 600))
        let clock = ContinuousClock()
        let start = clock.now
        try await Self.append(log, site, callers: callers, each: each, hasEvidence: hasEvidence)
        let time = (clock.now - start).inSeconds
        let what = hasEvidence ? "with 4 KiB of evidence" : "alone"
        table.add(
            "log entries \(what), \(callers) callers", Double(callers * each) / time, "1/s")
    }

    private func fill(
        _ log: SQLiteLog, _ site: BenchLog, _ table: inout BenchTable
    ) async throws {
        let have = try await log.checkpoint().checkpoint.head.size.value
        let (callers, clock) = (1024, ContinuousClock())
        let each = max(0, entries - have) / callers
        let start = clock.now
        try await Self.append(log, site, callers: callers, each: each, hasEvidence: false)
        let time = (clock.now - start).inSeconds
        table.add(
            "log entries alone, to \(entries), \(callers) callers", Double(each * callers) / time,
            "1/s")
    }

    private static func append(
        _ log: SQLiteLog, _ site: BenchLog, callers: Int, each: Int, hasEvidence: Bool
    ) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<callers {
                group.addTask {
                    for _ in 0..<each {
                        let nonce = try site.nonce()
                        _ = try await log.append(
                            site.entry(nonce: nonce), evidence: hasEvidence ? site.evidence : nil,
                            nonce: hasEvidence ? nonce : nil)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// An auditor's copy and check, with no evidence in it: the tree and the entries.
    private func audit(
        _ log: SQLiteLog, _ site: BenchLog, _ table: inout BenchTable
    ) async throws {
        let copy = MirrorFolder(site.folder.appending(path: "copy"))
        let clock = ContinuousClock()
        var start = clock.now
        // After the evidence's time: what is measured is the tree.
        let later = site.clock.now.advanced(bySeconds: 10 * BenchLog.evidenceSeconds)
        let result = try await LogMirror(
            of: site.node, from: BenchLogSource(log), to: copy, directory: site.directory(),
            at: later
        ).run()
        table.add(
            "copy of \(result.head.size) entries, checked", (clock.now - start).inSeconds, "s")
        start = clock.now
        let verified = try LogVerification(copy).run()
        guard verified.findingCount == 0 else { throw BenchError.id }
        table.add(
            "check of \(result.head.size) entries, offline", (clock.now - start).inSeconds, "s")
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
