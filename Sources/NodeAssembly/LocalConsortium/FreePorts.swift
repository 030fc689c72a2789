import NIOCore
import NIOPosix

/// Free ports on loopback, for a directory that must name them before the nodes start.
enum FreePorts {
    /// Takes ports that are free now. They are let go before they are used; after a collision in
    /// between a node says that it cannot listen.
    static func take(_ count: Int) async throws(NodeError) -> [Int] {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        do {
            var channels: [any Channel] = []
            for _ in 0..<count {
                channels.append(try await bootstrap.bind(host: "127.0.0.1", port: 0).get())
            }
            let ports = channels.compactMap { $0.localAddress?.port }
            for channel in channels { try await channel.close().get() }
            return ports
        } catch {
            throw .failed("no free ports on 127.0.0.1: \(error)")
        }
    }
}
