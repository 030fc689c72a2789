import Dispatch
import Exchange
import Synchronization

/// What waits to be written, and the thread that writes it: while one batch is on its way to the disk
/// the next one gathers, so that under load one wait for the disk serves many, and an idle log adds
/// no wait.
final class LogQueue: Sendable {
    /// How a work ended: nil for a nonce alone.
    typealias Outcome = Result<LoggedEntry?, LogError>
    /// A work and who waits for it.
    struct Waiting: Sendable {
        let work: LogWork
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var byteCount = 0
        var isDraining = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let thread = DispatchQueue(label: "creditmesh.log")
    private let countMax: Int
    private let commit: @Sendable ([LogWork]) -> [Outcome]

    /// A queue.
    ///
    /// - Parameter commit: writes a batch and returns how each of it ended; called by one thread at a
    ///   time.
    init(countMax: Int, commit: @escaping @Sendable ([LogWork]) -> [Outcome]) {
        self.countMax = countMax
        self.commit = commit
    }

    /// Writes a work, together with others that come meanwhile.
    func write(_ work: LogWork) async -> Outcome {
        await withCheckedContinuation { continuation in
            let refusal = add(Waiting(work: work, continuation: continuation))
            if let refusal { continuation.resume(returning: .failure(refusal)) }
        }
    }

    /// Takes nothing more, and waits until all is written.
    func close() {
        state.withLock { $0.isClosed = true }
        thread.sync {}
    }

    private func add(_ waiting: Waiting) -> LogError? {
        let (refusal, isFirst) = state.withLock { state -> (LogError?, Bool) in
            guard !state.isClosed else { return (.stopped, false) }
            let byteCount = state.byteCount + waiting.work.byteCount
            guard state.waiting.count < countMax, byteCount <= SQLiteLog.queueBytesMax else {
                return (.queueFull, false)
            }
            state.waiting.append(waiting)
            state.byteCount = byteCount
            defer { state.isDraining = true }
            return (nil, !state.isDraining)
        }
        if isFirst { thread.async { self.drain() } }
        return refusal
    }

    private func drain() {
        while let batch = nextBatch() {
            let outcomes = commit(batch.map(\.work))
            for (waiting, outcome) in zip(batch, outcomes) {
                waiting.continuation.resume(returning: outcome)
            }
        }
    }

    /// What is written next; nil ends the draining.
    private func nextBatch() -> [Waiting]? {
        state.withLock { state -> [Waiting]? in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            var byteCount = 0
            let batch = state.waiting.prefix(SQLiteLog.batchMax).prefix { waiting in
                defer { byteCount += waiting.work.byteCount }
                return byteCount == 0
                    || byteCount + waiting.work.byteCount <= SQLiteLog.batchBytesMax
            }
            state.waiting.removeFirst(batch.count)
            state.byteCount -= batch.reduce(0) { $0 + $1.work.byteCount }
            return Array(batch)
        }
    }
}
