import Exchange
import Logging
import ServiceLifecycle

/// Work that repeats at an interval until the node stops; a failure is logged and tried again.
struct Repeating: Service {
    let name: String
    let interval: Duration
    let logger: Logger
    let work: @Sendable () async throws -> Void

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await work()
            } catch {
                logger.error(
                    "\(name) failed and will be tried again",
                    metadata: ["error": "\(type(of: error))"])
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
        }
    }
}
