import Exchange
import Logging
import ServiceLifecycle

/// Work that repeats at an interval until the node stops; a failure is logged and tried again.
struct Repeating: Service {
    let name: String
    /// How long to wait between two rounds, asked for anew each time.
    let interval: @Sendable () -> Duration
    /// Whether the interval counts from the beginning of a round; one that takes longer is followed by
    /// the next at once.
    var isSteady = false
    /// How long the first round waits.
    var initialDelay: Duration = .zero
    let logger: Logger
    let work: @Sendable () async throws -> Void

    func run() async throws {
        await pause(initialDelay)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                try await work()
            } catch {
                logger.error(
                    "\(name) failed and will be tried again",
                    metadata: ["error": "\(type(of: error))"])
            }
            let interval = interval()
            await pause(isSteady ? interval - (.now - start) : interval)
        }
    }

    /// Sleeps, or less when the node stops.
    private func pause(_ duration: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    }
}
