import Foundation
import Membership
import NIOCore
import NIOPosix
import NIOSSL
import NodeAssembly

/// Something that sits where the directory says a node is, and does what a test wants.
struct RogueNode: Sendable {
    /// What comes back for one request.
    enum Reply: Sendable {
        /// An HTTP answer.
        case http(Int, contentType: String, [UInt8])
        /// Bytes that need not be HTTP.
        case raw([UInt8])
        /// Nothing; the connection stays open.
        case silence
    }

    /// One request.
    struct Request: Sendable {
        let method: String
        let path: String
        let body: [UInt8]
    }

    /// How it begins.
    enum Behaviour: Sendable {
        /// Accepts connections and never says a word, not even TLS.
        case silentConnection
        /// Shows the certificate of a home, then answers requests.
        case answers(as: NodeHome, @Sendable (Request) async throws -> Reply)
    }

    /// Runs `body` while the rogue sits at a node's endpoint.
    static func run(
        at node: NodeEntry, _ behaviour: Behaviour, _ body: () async throws -> Void
    ) async throws {
        let rogue = try RogueNode(behaviour)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: node.endpoint.port) { channel in
                channel.eventLoop.makeCompletedFuture { try rogue.connection(on: channel) }
            }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await rogue.serve(server) }
            do {
                try await body()
            } catch {
                tasks.cancelAll()
                throw error
            }
            tasks.cancelAll()
        }
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let tls: NIOSSLContext?
    private let answer: @Sendable (Request) async throws -> Reply

    private init(_ behaviour: Behaviour) throws {
        switch behaviour {
        case .silentConnection:
            tls = nil
            answer = { _ in .silence }
        case .answers(let home, let answer):
            let chain = try NIOSSLCertificate.fromPEMFile(home.certificate.path)
            let key = try NIOSSLPrivateKey(file: home.certificateKey.path, format: .pem)
            tls = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
            self.answer = answer
        }
    }

    private func connection(on channel: any Channel) throws -> Connection {
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
        return try Connection(wrappingChannelSynchronously: channel)
    }

    private func serve(_ server: NIOAsyncChannel<Connection, Never>) async throws {
        try await withThrowingDiscardingTaskGroup { connections in
            try await server.executeThenClose { incoming in
                for try await connection in incoming {
                    // A peer that hangs up in the middle is none of the rogue's business.
                    connections.addTask { try? await serve(connection) }
                }
            }
        }
    }

    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var reader = RogueRequestReader()
            for try await bytes in inbound {
                guard let request = reader.add(bytes.readableBytesView) else { continue }
                switch try await answer(request) {
                case .silence: break
                case .raw(let bytes): try await outbound.write(ByteBuffer(bytes: bytes))
                case .http(let status, let contentType, let body):
                    let head =
                        "HTTP/1.1 \(status) Status\r\ncontent-type: \(contentType)\r\n"
                        + "content-length: \(body.count)\r\n\r\n"
                    try await outbound.write(ByteBuffer(bytes: Array(head.utf8) + body))
                }
            }
        }
    }
}

/// Takes HTTP requests with a declared length out of a stream of bytes, one at a time, which is how
/// our own client sends them.
private struct RogueRequestReader {
    private var received: [UInt8] = []

    /// The request that these bytes complete.
    mutating func add(_ bytes: some Collection<UInt8>) -> RogueNode.Request? {
        received += bytes
        let end = Array("\r\n\r\n".utf8)
        guard let headEnd = received.firstRange(of: end) else { return nil }
        let lines = String(decoding: received[..<headEnd.lowerBound], as: UTF8.self)
            .split(separator: "\r\n")
        let length = lines.lazy.filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst(15).filter(\.isNumber)) }.first ?? 0
        let bodyEnd = headEnd.upperBound + length
        guard received.count >= bodyEnd, let target = lines.first?.split(separator: " "),
            target.count == 3
        else { return nil }
        let body = Array(received[headEnd.upperBound..<bodyEnd])
        received.removeFirst(bodyEnd)
        return RogueNode.Request(
            method: String(target[0]), path: String(target[1]), body: body)
    }
}

extension RogueNode {
    /// Runs `body` while a node that serves hidden is reached through a rogue: it passes every
    /// request on and tampers with the honest answer.
    ///
    /// The rogue has the node's own certificate: it is the node's operator who cheats.
    static func run(
        inFrontOf node: String, of consortium: ScenarioConsortium,
        tamper: @escaping @Sendable (Request, Reply) async throws -> Reply,
        _ body: () async throws -> Void
    ) async throws {
        let port = try consortium.node(node).addresses.peerPort
        // Passed on in the name of the one who asks in these scenarios.
        let asker = PeerCaller.Credentials(of: try consortium.home("harbor-node"))
        try await PeerCaller.with(asker, port: port) { caller in
            try await run(
                at: consortium.entry(node),
                .answers(as: consortium.home(node)) { request in
                    let honest =
                        request.method == "GET"
                        ? try await caller.get(request.path)
                        : try await caller.post(request.path, request.body)
                    let reply = Reply.http(
                        honest.status, contentType: honest.contentType ?? "", honest.body)
                    return try await tamper(request, reply)
                }, body)
        }
    }
}

extension RogueNode.Reply {
    /// A JSON document.
    static func json(_ text: String) -> RogueNode.Reply {
        .http(200, contentType: "application/json", Array(text.utf8))
    }

    /// The same answer with a text of its body replaced; unchanged when it is not there.
    func replacing(_ text: String, with other: String) -> RogueNode.Reply {
        guard case .http(let status, let contentType, let body) = self else { return self }
        let changed = String(decoding: body, as: UTF8.self).replacing(text, with: other)
        return .http(status, contentType: contentType, Array(changed.utf8))
    }
}
