import NIOCore

/// One connection of a ``SignedLoad``: asks once when it is there, and from the beginning of the load
/// on whenever it was answered.
final class SignedAsker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The load begins.
    struct Begin: Sendable {}

    private let questions: Questions
    private let ready: EventLoopPromise<Void>
    private var isReady = false
    /// Which question is under way.
    private var asked: Int?
    private var received = ByteBuffer()

    /// `ready` is kept when the first answer is there, or the connection is gone.
    init(questions: Questions, ready: EventLoopPromise<Void>) {
        self.questions = questions
        self.ready = ready
    }

    func channelActive(context: ChannelHandlerContext) { ask(context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is Begin { ask(context) } else { context.fireUserInboundEventTriggered(event) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        received.writeBuffer(&part)
        guard let answer = RawAnswer(received), let asked else { return }
        received.clear()
        if isReady {
            questions.take(answer, to: asked)
            ask(context)
        } else {
            isReady = true
            ready.succeed()
        }
    }

    func channelInactive(context: ChannelHandlerContext) { ready.fail(BenchError.badAnswer) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func ask(_ context: ChannelHandlerContext) {
        guard let (number, bytes) = questions.next() else { return context.close(promise: nil) }
        asked = number
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
}
