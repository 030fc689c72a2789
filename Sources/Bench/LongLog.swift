import Audit
import Exchange
import Foundation
import Store

/// A log of very many entries, and an auditor's copy of it, in one folder: what is done with them, each
/// by a process of its own (``MeasuredRun``).
struct LongLog {
    private static let callers = 1024
    private let site: BenchLog

    /// Takes the folder's log, or begins one.
    init(in folder: URL) throws {
        site = try BenchLog(in: folder)
    }

    /// Adds entries until there are so many, but for what does not come out even; returns how many were
    /// added.
    func fill(to count: Int) async throws -> Int {
        let log = try site.open()
        let have = try await log.checkpoint().checkpoint.head.size.value
        let each = max(0, count - have) / Self.callers
        try await site.append(to: log, callers: Self.callers, each: each, hasEvidence: false)
        try log.close()
        return each * Self.callers
    }

    /// Brings the copy up to date; returns how many entries it has.
    func copy() async throws -> Int {
        let log = try site.open()
        // After the evidence's time: what is measured is the tree.
        let later = site.clock.now.advanced(bySeconds: 10 * BenchLog.evidenceSeconds)
        let result = try await LogMirror(
            of: site.node, from: BenchLogSource(log), to: MirrorFolder(Self.copy(in: site.folder)),
            directory: site.directory(), at: later
        ).run()
        try log.close()
        return result.head.size.value
    }

    /// Checks the copy; returns how many entries it has.
    static func check(_ folder: URL) throws -> Int {
        let verified = try LogVerification(MirrorFolder(copy(in: folder))).run()
        guard verified.findingCount == 0, let head = verified.head else {
            throw BenchError.untrueLog
        }
        return head.size.value
    }

    private static func copy(in folder: URL) -> URL { folder.appending(path: "copy") }
}
