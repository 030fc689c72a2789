import Synchronization

/// What tasks that ask in a loop share.
final class LoadState: Sendable {
    private struct State {
        var isEnding = false
        var failures: [String] = []
    }

    private let state = Mutex(State())

    var isEnding: Bool { state.withLock(\.isEnding) }
    var failures: [String] { state.withLock(\.failures) }

    func begin() { state.withLock { $0.isEnding = false } }
    func end() { state.withLock { $0.isEnding = true } }
    func fail(_ what: String) { state.withLock { $0.failures.append(what) } }
}
