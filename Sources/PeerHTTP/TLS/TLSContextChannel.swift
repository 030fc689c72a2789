import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Connections of a server, each under the TLS context that is in force when it begins: certificates,
/// keys and roots change without a new start. A session of another context is not resumed.
struct TLSContextChannel<Base: HTTPChannelHandler>: HTTPChannelHandler {
    /// What is spoken over TLS.
    let base: Base
    /// What is in force.
    let context: @Sendable () -> NIOSSLContext

    var responder: Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context()))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
