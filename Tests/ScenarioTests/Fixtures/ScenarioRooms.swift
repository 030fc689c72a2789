import Foundation
import NIOCore
import NIOPosix
import TestSupport

/// The room that this machine has: so many consortia live at the same time, so that each gets the
/// time to answer within its deadlines, and no two get the same port.
actor ScenarioRooms {
    private static let shared = ScenarioRooms()

    /// Consortia at the same time.
    private var free = 4
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Given out one after the other, from a place that other runs are unlikely to share; below the
    /// ports of outgoing connections and beside those that the demo takes.
    private var nextPort = Int.random(in: 10_000..<18_000)

    /// Runs `body` with a temporary folder and as many ports as it needs, once there is room.
    static func use(
        ports count: Int, _ body: (URL, [Int]) async throws -> Void
    ) async throws {
        await shared.enter()
        do {
            let ports = await shared.take(count)
            try await TestPKI.withTemporaryFolder { folder in try await body(folder, ports) }
        } catch {
            await shared.leave()
            throw error
        }
        await shared.leave()
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Hands the room to who has waited longest.
    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    private func take(_ count: Int) async -> [Int] {
        var ports: [Int] = []
        while ports.count < count {
            let port = nextPort
            nextPort = port == 19_999 ? 10_000 : port + 1
            if await Self.isFree(port) { ports.append(port) }
        }
        return ports
    }

    /// Whether nobody else on this machine listens there.
    private static func isFree(_ port: Int) async -> Bool {
        let listener = try? await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: port).get()
        try? await listener?.close()
        return listener != nil
    }
}
