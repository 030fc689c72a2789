import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// A TLS connection over which a test sends bytes of its own choice, HTTP or not.
final class RawConnection: Sendable {
    /// Adds a signature to a request with a body.
    typealias Signing = @Sendable (_ request: String, _ body: [UInt8]) throws -> String

    private let channel: any Channel
    private let input: Input
    private let sign: Signing

    static func open(
        port: Int, tls: TLSConfiguration, sign: @escaping Signing = { request, _ in request }
    ) async throws -> RawConnection {
        let context = try NIOSSLContext(configuration: tls)
        let input = Input()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let sync = channel.pipeline.syncOperations
                    try sync.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
                    try sync.addHandler(Collector(input: input))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel: channel, input: input, sign: sign)
    }

    private init(channel: any Channel, input: Input, sign: @escaping Signing) {
        self.channel = channel
        self.input = input
        self.sign = sign
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Closes this side.
    func close() async {
        try? await channel.close()
    }

    /// Sends bytes; a connection that is gone shows when its answer is read.
    func send(_ bytes: some Sequence<UInt8>) async {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Sends a request whose lines end in plain newlines in `head`, signed; a blank line is added.
    ///
    /// - Parameter signedBody: what is signed when it is not what is sent.
    func sendRequest(
        _ head: String, body: [UInt8] = [], signedBody: [UInt8]? = nil
    ) async throws {
        await sendAsWritten(try sign(head, signedBody ?? body), body: body)
    }

    /// Sends a request without adding a signature.
    func sendAsWritten(_ head: String, body: [UInt8] = []) async {
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
        let length = body.isEmpty ? [] : ["content-length: \(body.count)"]
        let text = (lines + ["host: node"] + length.map { $0[...] }).joined(separator: "\r\n")
        await send(Array((text + "\r\n\r\n").utf8) + body)
    }

    /// A request and its answer.
    func exchange(_ head: String, body: [UInt8] = []) async throws -> RawResponse {
        try await sendRequest(head, body: body)
        return try await response()
    }

    /// The next answer; its body must have a declared length.
    func response(hasBody: Bool = true) async throws -> RawResponse {
        let end = Array("\r\n\r\n".utf8)
        var head: [UInt8] = []
        while !head.suffix(end.count).elementsEqual(end) {
            head.append(try await input.next())
        }
        var response = try RawResponse(head: String(decoding: head, as: UTF8.self))
        let length = response.status < 200 || !hasBody ? 0 : response.contentLength
        while response.body.count < length {
            response.body.append(try await input.next())
        }
        return response
    }

    /// Waits until the other side has closed; what it sends before is dropped.
    func waitForClose() async {
        _ = await input.drain()
    }

    /// Stops or continues taking what the other side sends.
    func setReading(_ isReading: Bool) async throws {
        try await channel.setOption(.autoRead, value: isReading).get()
        if isReading { channel.read() }
    }

    /// How many bytes still come until the other side has closed.
    func remainingCount() async -> Int {
        await input.drain()
    }

    /// The received bytes in order.
    private actor Input {
        private let stream: AsyncThrowingStream<ByteBuffer, any Error>
        nonisolated let continuation: AsyncThrowingStream<ByteBuffer, any Error>.Continuation
        private var iterator: AsyncThrowingStream<ByteBuffer, any Error>.Iterator?
        private var buffer = ByteBuffer()

        init() {
            (stream, continuation) = AsyncThrowingStream.makeStream()
        }

        /// The next byte.
        func next() async throws -> UInt8 {
            while true {
                if let byte = buffer.readInteger(as: UInt8.self) { return byte }
                guard let next = try await nextBuffer() else { throw ConnectionClosed() }
                buffer = next
            }
        }

        /// Counts what comes until the end.
        func drain() async -> Int {
            var count = buffer.readableBytes
            buffer.clear()
            while let next = try? await nextBuffer() { count += next.readableBytes }
            return count
        }

        private func nextBuffer() async throws -> ByteBuffer? {
            var iterator = self.iterator ?? stream.makeAsyncIterator()
            let next = try await iterator.next(isolation: self)
            self.iterator = iterator
            return next
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let input: Input

        init(input: Input) {
            self.input = input
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            input.continuation.yield(unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            input.continuation.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            input.continuation.finish(throwing: error)
            context.close(promise: nil)
        }
    }
}

/// The other side closed before it had answered.
struct ConnectionClosed: Error {}

/// An answer as it came over the connection.
struct RawResponse: Sendable {
    let status: Int
    let fields: [String: String]
    var body: [UInt8] = []

    init(head: String) throws {
        let lines = head.split(separator: "\r\n")
        let parts = try #require(lines.first).split(separator: " ")
        status = try #require(Int(parts[1]))
        fields = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (
                        line[..<colon].lowercased(),
                        line[line.index(after: colon)...].trimmingPrefix(" ").description
                    )
                }
            }, uniquingKeysWith: { first, _ in first })
    }

    var contentLength: Int { fields["content-length"].flatMap { Int($0) } ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }
}
