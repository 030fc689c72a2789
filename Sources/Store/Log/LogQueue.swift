import Dispatch
import Exchange
import Foundation
import Synchronization

/// What waits to be written, and the thread that writes it: while one batch is on its way to the disk
/// the next one gathers, so that one wait for the disk serves many. An idle log adds no wait; one
/// under load (``LogLoad``) lets a batch gather for a moment more, since every commit writes pages
/// that are the same for one entry and for thirty.
final class LogQueue: Sendable {
    /// How a work ended: nil for a nonce alone.
    typealias Outcome = Result<LoggedEntry?, LogError>
    /// Works that are written together, in their order, and who waits for them.
    struct Waiting: Sendable {
        let works: [LogWork]
        let continuation: CheckedContinuation<[Outcome], Never>

        var byteCount: Int { works.reduce(0) { $0 + $1.byteCount } }
    }

    private struct State {
        var waiting: [Waiting] = []
        var byteCount = 0
        var isDraining = false
        var isClosed = false
        var load = LogLoad()
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

    /// Writes works, together with others that come meanwhile; how each of them ended.
    func write(_ works: [LogWork]) async -> [Outcome] {
        await withCheckedContinuation { continuation in
            let refusal = add(Waiting(works: works, continuation: continuation))
            if let refusal { continuation.resume(returning: works.map { _ in .failure(refusal) }) }
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
            let byteCount = state.byteCount + waiting.byteCount
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
        while let batch = gatheredBatch() {
            var outcomes = commit(batch.flatMap(\.works))[...]
            for waiting in batch {
                let own = outcomes.prefix(waiting.works.count)
                outcomes.removeFirst(own.count)
                waiting.continuation.resume(returning: Array(own))
            }
        }
    }

    private func gatheredBatch() -> [Waiting]? {
        let gathers = state.withLock { state in
            !state.isClosed && state.load.isHigh
                && (1..<SQLiteLog.batchMax).contains(state.waiting.count)
        }
        if gathers { Thread.sleep(forTimeInterval: SQLiteLog.gatherTime / .seconds(1)) }
        return nextBatch()
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
                defer { byteCount += waiting.byteCount }
                return byteCount == 0
                    || byteCount + waiting.byteCount <= SQLiteLog.batchBytesMax
            }
            state.waiting.removeFirst(batch.count)
            state.byteCount -= batch.reduce(0) { $0 + $1.byteCount }
            state.load.add(batch.count, at: .now)
            return Array(batch)
        }
    }
}
