import Exchange
import Logging
import ServiceLifecycle

/// Work that repeats at an interval until the node stops; a failure is logged and tried again.
struct Repeating: Service {
    let name: String
    /// How long to wait after a round, asked for anew each time.
    let interval: @Sendable () -> Duration
    /// How long the first round waits.
    var initialDelay: Duration = .zero
    let logger: Logger
    let work: @Sendable () async throws -> Void

    func run() async throws {
        await pause(initialDelay)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await work()
            } catch {
                logger.error(
                    "\(name) failed and will be tried again",
                    metadata: ["error": "\(type(of: error))"])
            }
            await pause(interval())
        }
    }

    /// Sleeps, or less when the node stops.
    private func pause(_ duration: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    }
}
