import Exchange
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOTLS

/// Ends connections on which the peer is too slow or does not speak HTTP, and tells it why where it
/// still can.
///
/// Sits between the HTTP codec and the server's task. All state belongs to the channel's event loop.
/// Every connection that ends with an answer ends here: output is closed, what the peer still sends
/// is thrown away for a bounded while, so that the answer is not lost to a reset.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What the server's task gets in place of a body when the guard has ended the connection.
    struct Ended: Error {}

    private enum Phase {
        case serving
        /// The last answer is on its way.
        case lastAnswer
        /// The last answer is written; input is thrown away.
        case discarding(bytesLeft: Int)
    }

    private let timeouts: ConnectionTimeouts
    private let clock: any Exchange.Clock
    private let logger: Logger
    private var phase = Phase.serving
    /// Runs while the peer owes something: the handshake, the rest of a request, the end.
    private var inputTimer: Scheduled<Void>?
    /// Runs while the peer takes nothing of what is written.
    private var outputTimer: Scheduled<Void>?
    private var isRequestIncoming = false
    private var isAnswerBegun = false
    /// Requests whose head came and whose answer's end was not written.
    private var answersDue = 0

    /// A guard for one connection.
    init(timeouts: ConnectionTimeouts, clock: any Exchange.Clock, logger: Logger) {
        self.timeouts = timeouts
        self.clock = clock
        self.logger = logger
    }

    // MARK: Life

    func channelActive(context: ChannelHandlerContext) {
        startInputTimer(timeouts.handshake, context) { guardian, context in
            guardian.logger.debug("connection closed", metadata: ["reason": "slow handshake"])
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTimers()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancelTimers()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch (event, phase) {
        case (TLSUserEvent.handshakeCompleted, .serving): inputTimer?.cancel()
        case (ChannelEvent.inputClosed, .discarding): context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Input

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard case .serving = phase else { return discard(part, context) }
        switch part {
        case .head:
            answersDue += 1
            isRequestIncoming = true
            startInputTimer(timeouts.requestRead, context) { guardian, context in
                guardian.refuse(Refusal(.timeout, "the request did not end in time"), context)
            }
        case .body: break
        case .end:
            isRequestIncoming = false
            inputTimer?.cancel()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            let detail =
                "a request's header may have at most "
                + "\(PeerHTTPLimits.headerListBytesMax) bytes"
            refuse(Refusal(.headersTooLarge, detail), context)
        case is HTTPParserError:
            refuse(Refusal(.badRequest, "the request is not HTTP/1.1"), context)
        default:
            context.fireErrorCaught(error)
        }
    }

    /// Ends the connection, with an answer when none is due before it and none has begun.
    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard case .serving = phase else { return }
        let code = refusal.problem.code.rawValue
        logger.info("request", metadata: ["route": "none", "code": "\(code)"])
        let isUnderWay = isRequestIncoming
        if answersDue == (isUnderWay ? 1 : 0), !isAnswerBegun {
            phase = .lastAnswer
            let response = PeerResponse(refusal.closing())
            context.write(wrapOutboundOut(.head(response.head(at: clock.now))), promise: nil)
            context.write(
                wrapOutboundOut(.body(ByteBuffer(bytes: response.body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            // What is refused here has not come to its end.
            isRequestIncoming = true
            beginDiscarding(context)
        } else {
            context.close(promise: nil)
        }
        if isUnderWay { context.fireErrorCaught(Ended()) }
    }

    private func discard(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch (part, phase) {
        case (.body(let bytes), .discarding(let bytesLeft)) where bytes.readableBytes < bytesLeft:
            phase = .discarding(bytesLeft: bytesLeft - bytes.readableBytes)
        case (.body, .discarding), (.end, .discarding): context.close(promise: nil)
        case (.end, _): isRequestIncoming = false
        default: break
        }
    }

    // MARK: Output

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if case .discarding = phase {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let response):
            isAnswerBegun = response.status.kind != .informational
            if response.headerFields[.connection] == "close" { phase = .lastAnswer }
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            answersDue -= 1
            isAnswerBegun = false
            guard case .lastAnswer = phase else {
                return context.write(data, promise: promise)
            }
            context.writeAndFlush(data, promise: promise)
            beginDiscarding(context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        outputTimer?.cancel()
        if !context.channel.isWritable {
            outputTimer = schedule(timeouts.writeStall, context) { guardian, context in
                guardian.logger.debug("connection closed", metadata: ["reason": "slow reader"])
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    /// After the last answer: nothing more to wait for, or the rest of a request to throw away.
    private func beginDiscarding(_ context: ChannelHandlerContext) {
        phase = .discarding(bytesLeft: PeerHTTPLimits.discardedBytesMax)
        guard isRequestIncoming else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        startInputTimer(timeouts.discard, context) { _, context in context.close(promise: nil) }
    }

    // MARK: Timers

    private func startInputTimer(
        _ timeout: Duration, _ context: ChannelHandlerContext,
        _ action: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        inputTimer?.cancel()
        inputTimer = schedule(timeout, context, action)
    }

    private func schedule(
        _ timeout: Duration, _ context: ChannelHandlerContext,
        _ action: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) {
            action(self, context)
        }
    }

    private func cancelTimers() {
        inputTimer?.cancel()
        outputTimer?.cancel()
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
