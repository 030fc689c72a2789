import Exchange
import HTTPSignatures
import Membership
import NIOCore
import NIOPosix
import NIOSSL
import NodeAssembly

/// A load that costs the machine little beside what it measures: requests that were signed before, sent
/// over kept connections, one at a time on each. What was answered is judged when the time is over.
struct SignedLoad {
    /// Connections, each with one request under way.
    let connections: Int
    let duration: Duration
    /// Requests that are signed before, for each second of the load.
    static let signedPerSecond = 6_000
    /// Of so many answers one is kept and judged.
    static let judgedOf = 16

    /// Answers a second to calls that `sign` makes.
    ///
    /// - Parameter asker: whose certificate the connections show.
    /// - Throws: `BenchError.badAnswer`, also for an answer that is not signed by the node asked.
    func rate(
        as asker: NodeHome, _ sign: () throws -> SignedCall
    ) async throws -> Double {
        let calls = try (0..<Int(duration.inSeconds * Double(Self.signedPerSecond)))
            .map { _ in try sign() }
        guard let node = calls.first?.node else { return 0 }
        // One thread: the other core's time is the node's.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let questions = Questions(calls)
        let channels = try await dial(node, as: asker, questions, on: group)
        let clock = ContinuousClock()
        let start = clock.now
        questions.begin(until: start + duration)
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(SignedAsker.Begin())
        }
        for channel in channels { try await channel.closeFuture.get() }
        let time = clock.now - start
        try await group.shutdownGracefully()
        try questions.judge()
        return Double(questions.answered) / time.inSeconds
    }

    private func dial(
        _ node: NodeEntry, as asker: NodeHome, _ questions: Questions,
        on group: MultiThreadedEventLoopGroup
    ) async throws -> [any Channel] {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(asker.certificate.path)
            .map { .certificate($0) }
        tls.privateKey = .privateKey(
            try NIOSSLPrivateKey(file: asker.certificateKey.path, format: .pem))
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(asker.roots.path))
        let context = try NIOSSLContext(configuration: tls)
        var channels: [any Channel] = []
        for _ in 0..<connections {
            let ready = group.next().makePromise(of: Void.self)
            let channel = try await ClientBootstrap(group: group).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: nil),
                        SignedAsker(questions: questions, ready: ready),
                    ])
                }
            }.connect(host: node.endpoint.host.description, port: node.endpoint.port).get()
            try await ready.futureResult.get()
            channels.append(channel)
        }
        return channels
    }
}
