import Logging

@testable import PeerHTTP

/// A client of `lakeside-node`.
enum Asker {
    /// Runs `body` with a client that is ended afterwards.
    static func with<Result>(
        _ consortium: TestConsortium, _ body: (PeerClient) async throws -> Result
    ) async throws -> Result {
        let client = PeerClient(
            tls: try consortium.material(for: TestConsortium.asker),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
