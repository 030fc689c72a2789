import NIOCore
import NIOPosix

/// Free ports on loopback, for a directory that must name them before the nodes start.
package enum FreePorts {
    /// Where they are looked for: below the ports that the system gives to outgoing connections, so
    /// that none of those takes one before the node does.
    package static let range = 20_000...32_767
    /// Ports that are tried before giving up, for each that is wanted.
    package static let attemptsMax = 64

    /// Takes ports that are free now. They are let go before they are used; after a collision in
    /// between a node says that it cannot listen.
    package static func take(_ count: Int) async throws(NodeError) -> [Int] {
        var channels: [Int: any Channel] = [:]
        for _ in 0..<count * attemptsMax where channels.count < count {
            let port = Int.random(in: range)
            if let channel = await listen(on: port) { channels[port] = channel }
        }
        for channel in channels.values { try? await channel.close() }
        guard channels.count == count else {
            throw .failed("fewer than \(count) free ports on 127.0.0.1 in \(range)")
        }
        return Array(channels.keys)
    }

    /// A listener on a port; nil when it is taken.
    private static func listen(on port: Int) async -> (any Channel)? {
        try? await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: port).get()
    }
}
