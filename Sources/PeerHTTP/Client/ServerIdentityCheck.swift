import Exchange
import Membership
import NIOCore
import NIOSSL

/// Checks that a connection leads to the node that was dialled: a valid certificate of the right
/// host is not enough where several nodes may share one (protocol/messages.md, identity).
struct ServerIdentityCheck: Sendable {
    /// The node that was dialled.
    let expected: NodeIdentity

    /// Judges a connection whose handshake is done, before any request goes over it; a wrong one is
    /// closed.
    ///
    /// Ends at once when called on the channel's event loop, as the HTTP client does: a connection
    /// that closed in between would be taken for a live one.
    func verify(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.assertInEventLoop()
        let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate()
        let identity = certificate.flatMap { certificate in
            try? CertificateProfile.identity(
                fromDER: certificate.toDERBytes(), consortium: expected.consortium)
        }
        guard identity == expected else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(PeerFailure.wrongIdentity)
        }
        return channel.eventLoop.makeSucceededVoidFuture()
    }
}
