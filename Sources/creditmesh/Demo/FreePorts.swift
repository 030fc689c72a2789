import NIOCore
import NIOPosix

/// Free ports on loopback, for a directory that must name them before the nodes start.
enum FreePorts {
    /// Takes ports that are free now. They are let go before they are used; a collision in between
    /// makes a node say that it cannot listen, and the demo is started again.
    static func take(_ count: Int) throws -> [Int] {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        let channels = try (0..<count).map { _ in
            try bootstrap.bind(host: "127.0.0.1", port: 0).wait()
        }
        let ports = channels.compactMap { $0.localAddress?.port }
        for channel in channels { try channel.close().wait() }
        return ports
    }
}
