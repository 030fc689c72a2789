import Exchange
import Membership
import NIOCore
import NIOSSL
import Synchronization

/// Who is at the other end of a connection: the node that its certificate names, as the directory
/// knows it now.
final class CallerIdentification: Sendable {
    private let consortium: ConsortiumID
    /// What the certificates of connections say, so that each is read once and not at every request: a
    /// connection shows one, and TLS 1.3 lets it show no other.
    private let remembered = Mutex<[ObjectIdentifier: CertificateStatement]>([:])

    /// For the certificates of a consortium.
    init(consortium: ConsortiumID) {
        self.consortium = consortium
    }

    /// The caller's entry of `directory`, whatever its status.
    ///
    /// That the certificate leads to the consortium's roots was checked by the handshake; that it
    /// has not expired since, and that the directory lists the node, is checked here.
    ///
    /// - Throws: a `Refusal`, or the connection's error when it is gone.
    func caller(
        on channel: any Channel, in directory: Directory, at now: Timestamp
    ) async throws -> NodeEntry {
        let statement = try await statement(of: channel)
        guard let node = statement.node else {
            throw Refusal(.unknownNode, "the certificate is not that of a node").closing()
        }
        guard now <= statement.validUntil else {
            throw Refusal(.unknownNode, "the certificate has expired").closing()
        }
        guard let entry = directory.node(node) else {
            throw Refusal(.unknownNode, "the directory does not list the certificate's node")
        }
        return entry
    }

    private func statement(of channel: any Channel) async throws -> CertificateStatement {
        let id = ObjectIdentifier(channel)
        if let known = remembered.withLock({ $0[id] }) { return known }
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else {
            throw Refusal(.unknownNode, "the connection has no client certificate").closing()
        }
        let statement = CertificateStatement(certificate, consortium: consortium)
        remembered.withLock { $0[id] = statement }
        // The next channel may have the same place in memory.
        channel.closeFuture.whenComplete { _ in
            self.remembered.withLock { $0[id] = nil }
        }
        return statement
    }
}

/// What one certificate says; it never changes.
private struct CertificateStatement {
    /// The node; nil when the certificate does not fit the profile (certs/PROFILE.md).
    let node: NodeID?
    /// The last second of its life.
    let validUntil: Timestamp

    init(_ certificate: NIOSSLCertificate, consortium: ConsortiumID) {
        let identity = try? CertificateProfile.identity(
            fromDER: certificate.toDERBytes(), consortium: consortium)
        node = identity?.node
        validUntil = Timestamp(secondsSinceEpoch: Int64(certificate.notValidAfter))
    }
}
