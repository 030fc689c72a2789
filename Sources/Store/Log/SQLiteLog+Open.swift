import CoreMetrics
import Exchange
import Foundation
import GRDB
import Membership
import TransparencyLog

extension SQLiteLog {
    /// Opens a node's log, made anew when there is none, and owns it until `close()`.
    ///
    /// What the file holds is compared with what was promised last. Entries that reached the file and
    /// were promised to nobody stay, and are promised from now on.
    ///
    /// - Parameters:
    ///   - path: the database file; its folder has mode 0700 and is made when missing.
    ///   - record: the record of what was promised, in a folder that is there; apart from the
    ///     database, so that one is not lost with the other.
    ///   - node: whose log it is.
    ///   - signers: the log's key, or both while one takes over from the other.
    ///   - others: further keys of the log that are the node's own: the record may have been signed by
    ///     one that the directory listed before the node stopped.
    ///   - clock: tells which nonces are over.
    ///   - metrics: where commits are counted.
    /// - Throws: `LogCheckError`; nothing that is there was changed then.
    public static func open(
        at path: String, record: String, node: NodeID, signers: [NoteSigner],
        others: [NoteKey] = [], clock: any Exchange.Clock,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws(LogCheckError) -> SQLiteLog {
        try open(
            at: path, record: record, node: node, signers: signers, others: others, clock: clock,
            tuning: LogTuning(), metrics: metrics)
    }

    /// What a log promised last, by its record alone; nil where nothing was. Nothing is opened or changed.
    ///
    /// - Parameter keys: of the log; a record that none of them signed cannot be read.
    /// - Throws: `LogCheckError.recordMissing`, `.recordUnreadable`.
    public static func promised(
        record: String, keys: [NoteKey]
    ) throws(LogCheckError) -> TreeHead? {
        guard FileManager.default.fileExists(atPath: record) else {
            throw .recordMissing(path: record)
        }
        return try PromiseRecord.last(at: record, keys: keys)
    }

    /// As `open(at:record:node:signers:others:clock:)`, tuned for a test.
    package static func open(
        at path: String, record: String, node: NodeID, signers: [NoteSigner],
        others: [NoteKey] = [], clock: any Exchange.Clock, tuning: LogTuning,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws(LogCheckError) -> SQLiteLog {
        guard let origin = signers.first?.key.name, signers.allSatisfy({ $0.key.name == origin })
        else { throw .key }
        let keys = signers.map(\.key) + others
        try lookBeforeMaking(path, record: record, keys: keys)
        let lock: StoreLock
        do throws(StoreError) { lock = try prepare(path) } catch { throw .store(error) }
        do {
            let pool = try DatabaseFile(
                path: path, applicationID: LogSchema.applicationID, migrator: LogSchema.migrator
            ).open(
                label: "creditmesh.log", readersMax: readersMax,
                pageCacheKiB: pageCacheKiB,
                pagesMax: tuning.pagesMax)
            let isNew = try pool.read { try LogFile($0).size() == .zero }
            var last: TreeHead?
            var promises = try PromiseRecord.open(
                at: record, keys: keys, isNew: isNew, last: &last)
            let check = LogCheck(promised: last ?? TreeHead(size: .zero, root: .empty))
            let state = try pool.read { try check.state(reading: $0) }
            let checkpoint = try SignedCheckpoint(
                Checkpoint(origin: origin, head: state.tree.head), signedBy: signers)
            try promises.write(checkpoint)
            let writer = LogWriter(
                state, record: promises, promised: checkpoint, pool: pool, signers: signers,
                clock: clock, tuning: tuning, meter: LogMeter(metrics))
            return SQLiteLog(pool: pool, writer: writer, node: node, lock: lock, tuning: tuning)
        } catch {
            lock.release()
            throw checkError(error, path: path)
        }
    }

    /// Where something was promised and the file is gone, none is made in its place.
    private static func lookBeforeMaking(
        _ path: String, record: String, keys: [NoteKey]
    ) throws(LogCheckError) {
        guard !FileManager.default.fileExists(atPath: path),
            FileManager.default.fileExists(atPath: record)
        else { return }
        let last = try PromiseRecord.last(at: record, keys: keys)
        if let last, last.size > .zero { throw .truncated(has: .zero, promised: last.size) }
    }

    private static func prepare(_ path: String) throws(StoreError) -> StoreLock {
        let file = StoreFile(path: path)
        try file.prepareFolder()
        let lock = try StoreLock(file)
        try file.prepareDatabase()
        return lock
    }

    private static func checkError(_ error: any Error, path: String) -> LogCheckError {
        switch error {
        case let error as LogCheckError: error
        case is NoteError: .key
        default:
            .store(
                StoreError(error, path: path)
                    ?? .failed(code: 1, message: "the log cannot be opened"))
        }
    }
}
