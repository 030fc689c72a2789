import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TLS server of `harbor-node` that answers every request with the same bytes, whatever they are.
final class CannedServer: Sendable {
    /// What it does when a request has come.
    enum Answer: Sendable {
        case bytes([UInt8])
        case message(CannedAnswer)
        case messageThenClose(CannedAnswer, droppedCount: Int)
        case nothing
    }

    let port: Int
    private let channel: any Channel
    private let counter: ConnectionCounter

    /// Connections taken so far.
    var connectionCount: Int { counter.count }

    /// Runs the server while `body` runs.
    static func with<Result>(
        tls: TLSConfiguration, answer: Answer, _ body: (CannedServer) async throws -> Result
    ) async throws -> Result {
        let server = try await CannedServer(tls: tls, answer: answer)
        do {
            let result = try await body(server)
            try await server.channel.close()
            return result
        } catch {
            try? await server.channel.close()
            throw error
        }
    }

    private init(tls: TLSConfiguration, answer: Answer) async throws {
        let context = try NIOSSLContext(configuration: tls)
        let counter = ConnectionCounter()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                counter.add()
                return channel.eventLoop.makeCompletedFuture {
                    let sync = channel.pipeline.syncOperations
                    try sync.addHandler(NIOSSLServerHandler(context: context))
                    try sync.addHandler(Handler(answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.counter = counter
    }

    /// Answers at the end of a request's head; the tests' bodies come with it.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: Answer
        private var received: [UInt8] = []

        init(answer: Answer) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += unwrapInboundIn(data).readableBytesView
            let head = String(decoding: received, as: UTF8.self)
            guard head.contains("\r\n\r\n") else { return }
            received = []
            let port = context.channel.localAddress?.port ?? 0
            switch answer {
            case .message(let message):
                let bytes = try? message.bytes(to: head, port: port)
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(bytes: bytes ?? [])), promise: nil)
            case .messageThenClose(let message, let count):
                let bytes = (try? message.bytes(to: head, port: port)) ?? []
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(bytes: bytes.dropLast(count))), promise: nil)
                context.close(promise: nil)
            case .bytes(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .nothing: break
            }
        }
    }
}

private final class ConnectionCounter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}
