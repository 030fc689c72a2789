import Exchange
import GRDB
import Synchronization
import TransparencyLog

/// Writes batches into the log's file and promises their checkpoints. Its state is the writing
/// thread's: the lock is there to say so, nobody waits for it.
final class LogWriter: Sendable {
    private struct State: ~Copyable {
        var file: LogState
        /// Whether a write failed of which nobody knows how it ended.
        var isUncertain = false
        var isStopped = false
        var record: PromiseRecord
        var signers: [NoteSigner]
    }

    private let state: Mutex<State>
    /// The last checkpoint that was promised.
    private let promised: Mutex<SignedCheckpoint>
    private let pool: DatabasePool
    private let clock: any Exchange.Clock
    private let tuning: LogTuning
    private let meter: LogMeter

    /// A writer that goes on where the file ends.
    init(
        _ file: LogState, record: consuming sending PromiseRecord, promised: SignedCheckpoint,
        pool: DatabasePool, signers: [NoteSigner], clock: any Exchange.Clock, tuning: LogTuning,
        meter: LogMeter
    ) {
        state = Mutex(State(file: file, record: record, signers: signers))
        self.promised = Mutex(promised)
        self.pool = pool
        self.clock = clock
        self.tuning = tuning
        self.meter = meter
    }

    /// The last checkpoint that was promised.
    var checkpoint: SignedCheckpoint { promised.withLock { $0 } }

    /// Writes a batch; returns how each of it ended.
    func commit(_ batch: [LogWork]) -> [LogQueue.Outcome] {
        state.withLock { state in
            let began = ContinuousClock.now
            do throws(LogError) {
                guard !state.isStopped else { throw .stopped }
                let commit = try write(batch, &state)
                let due = try overdue(after: commit, state)
                try promise(due, &state)
                meter.committed(batch, in: ContinuousClock.now - began)
                return commit.outcomes(of: batch)
            } catch {
                meter.failed()
                if error == .stopped { state.isStopped = true }
                return batch.map { _ in .failure(error) }
            }
        }
    }

    /// Signs with these keys from now on. The last checkpoint is signed anew and promised so, so that
    /// who knows only the new keys can read it although nothing is added.
    ///
    /// - Throws: `LogError`; the keys of before go on then.
    func sign(with signers: [NoteSigner]) throws(LogError) {
        try state.withLock { state throws(LogError) in
            guard !state.isStopped else { throw .stopped }
            let promised = checkpoint.checkpoint
            guard let signed = try? SignedCheckpoint(promised, signedBy: signers) else {
                throw .unwritable
            }
            try promise(signed, &state)
            state.signers = signers
        }
    }

    private func write(_ batch: [LogWork], _ state: inout State) throws(LogError) -> LogCommit {
        if state.isUncertain { state.file = try readAnew() }
        state.isUncertain = true
        var commit = LogCommit(
            after: state.file.tree, signers: state.signers, origin: checkpoint.checkpoint.origin,
            noncesMax: tuning.noncesMax)
        do {
            let now = clock.now
            try pool.write { db in
                try commit.write(batch, known: state.file.nonces, at: now, to: LogFile(db))
                try tuning.atStep(.beforeCommit)
            }
            try tuning.atStep(.afterCommit)
        } catch {
            throw failure(error)
        }
        state.file.apply(commit)
        state.isUncertain = false
        return commit
    }

    /// The checkpoint that is to be promised: that of a commit, or one over entries that reached the file
    /// and were promised to nobody, since their commit failed and is there all the same; nil for none.
    private func overdue(
        after commit: LogCommit, _ state: borrowing State
    ) throws(LogError) -> SignedCheckpoint? {
        if let checkpoint = commit.checkpoint { return checkpoint }
        let last = checkpoint.checkpoint
        guard state.file.tree.size > last.head.size else { return nil }
        do {
            return try SignedCheckpoint(
                Checkpoint(origin: last.origin, head: state.file.tree.head),
                signedBy: state.signers)
        } catch {
            throw .stopped
        }
    }

    /// Writes the record, and only then counts the checkpoint as promised.
    private func promise(
        _ checkpoint: SignedCheckpoint?, _ state: inout State
    ) throws(LogError) {
        guard let checkpoint else { return }
        do {
            try state.record.write(checkpoint)
            try tuning.atStep(.afterPromise)
        } catch {
            throw failure(error)
        }
        promised.withLock { $0 = checkpoint }
    }

    /// Reads what the file holds after a write that failed; what was promised must be there.
    private func readAnew() throws(LogError) -> LogState {
        let check = LogCheck(promised: checkpoint.checkpoint.head)
        do {
            return try pool.read { try check.state(reading: $0) }
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: any Error) -> LogError {
        switch error {
        case let error as LogError: error
        case is LogCheckError: .stopped
        default:
            StoreError(error, path: pool.path).map(LogError.store)
                ?? .store(.failed(code: 1, message: "the log cannot be written"))
        }
    }
}
