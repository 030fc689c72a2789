import NIOCore
import NIOPosix

/// A TCP connection that says nothing.
struct PlainConnection: Sendable {
    private let channel: any Channel

    static func open(port: Int) async throws -> PlainConnection {
        PlainConnection(
            channel: try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get())
    }

    /// Waits until the other side has closed.
    func waitForClose() async {
        try? await channel.closeFuture.get()
    }
}
