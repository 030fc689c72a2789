import Crypto
import Exchange
import Foundation
import HTTPSignatures
import Membership
import NIOCore
import NIOPosix
import NIOSSL
import NodeAssembly
import Pseudonym
import StrictJSON
import Synchronization
import TestSupport
import Testing

/// Something that sits where the directory says a node is, and does what a test wants.
struct RogueNode: Sendable {
    /// What comes back for one request.
    enum Reply: Sendable, Equatable {
        /// An HTTP answer.
        case http(Int, contentType: String, [UInt8])
        /// An HTTP answer with these fields beside its type and length.
        case signed(Int, contentType: String, [UInt8], [HeaderField])
        /// Bytes that need not be HTTP.
        case raw([UInt8])
        /// Nothing; the connection stays open.
        case silence
    }

    /// One request.
    struct Request: Sendable {
        let method: String
        let path: String
        let fields: [HeaderField]
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
        let connections = RogueConnections(behaviour: try behaviour.prepared())
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try connections.add(channel) }
            }
            .bind(host: "127.0.0.1", port: node.endpoint.port).get()
        do {
            try await body()
        } catch {
            try? await server.close()
            await connections.close()
            throw error
        }
        try await server.close()
        await connections.close()
    }
}

extension RogueNode.Behaviour {
    /// What every connection needs: TLS if it speaks any, and the answers.
    fileprivate func prepared() throws -> RogueConnections.Behaviour {
        guard case .answers(let home, let answer) = self else {
            return RogueConnections.Behaviour(tls: nil) { _ in .silence }
        }
        let chain = try NIOSSLCertificate.fromPEMFile(home.certificate.path)
        let key = try NIOSSLPrivateKey(file: home.certificateKey.path, format: .pem)
        let tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        return RogueConnections.Behaviour(
            tls: try NIOSSLContext(configuration: tls), answer: answer)
    }
}

/// The connections that a rogue has taken.
private final class RogueConnections: Sendable {
    struct Behaviour: Sendable {
        let tls: NIOSSLContext?
        let answer: @Sendable (RogueNode.Request) async throws -> RogueNode.Reply
    }

    private let behaviour: Behaviour
    private let channels = Mutex<[any Channel]>([])

    init(behaviour: Behaviour) {
        self.behaviour = behaviour
    }

    func add(_ channel: any Channel) throws {
        channels.withLock { $0.append(channel) }
        let pipeline = channel.pipeline.syncOperations
        if let tls = behaviour.tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        try pipeline.addHandler(RogueHandler(answer: behaviour.answer))
    }

    func close() async {
        for channel in channels.withLock({ $0 }) { try? await channel.close() }
    }
}

/// Reads requests and writes what comes back; a connection of which the test is tired ends.
private final class RogueHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answer: @Sendable (RogueNode.Request) async throws -> RogueNode.Reply
    private var reader = RogueRequestReader()

    init(answer: @escaping @Sendable (RogueNode.Request) async throws -> RogueNode.Reply) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let request = reader.add(unwrapInboundIn(data).readableBytesView) else { return }
        let (channel, answer) = (context.channel, answer)
        channel.eventLoop.makeFutureWithTask { try await answer(request) }.whenComplete { reply in
            switch reply {
            case .success(let reply):
                if let bytes = reply.bytes { channel.writeAndFlush(bytes, promise: nil) }
            case .failure: channel.close(promise: nil)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension RogueNode.Reply {
    /// What is written; nil when nothing is.
    fileprivate var bytes: ByteBuffer? {
        switch self {
        case .silence: return nil
        case .raw(let bytes): return ByteBuffer(bytes: bytes)
        case .http(let status, let contentType, let body):
            return Self.signed(status, contentType: contentType, body, []).bytes
        case .signed(let status, let contentType, let body, let fields):
            let head =
                "HTTP/1.1 \(status) Status\r\ncontent-type: \(contentType)\r\n"
                + fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                + "content-length: \(body.count)\r\n\r\n"
            return ByteBuffer(bytes: Array(head.utf8) + body)
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
        let length =
            lines.lazy.filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst(15).filter(\.isNumber)) }.first ?? 0
        let bodyEnd = headEnd.upperBound + length
        guard received.count >= bodyEnd, let target = lines.first?.split(separator: " "),
            target.count == 3
        else { return nil }
        let body = Array(received[headEnd.upperBound..<bodyEnd])
        received.removeFirst(bodyEnd)
        return RogueNode.Request(
            method: String(target[0]), path: String(target[1]),
            fields: lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map {
                    HeaderField(String(line[..<$0]), String(line[line.index(after: $0)...]))
                }
            }, body: body)
    }
}

extension RogueNode {
    /// Runs `body` while a node that serves hidden is reached through a rogue: it passes every
    /// request on and tampers with the honest answer.
    ///
    /// The rogue has the node's certificate and all its keys, and signs what it changes: it is the
    /// node's operator who cheats.
    static func run(
        inFrontOf node: String, of consortium: ScenarioConsortium,
        tamper: @escaping @Sendable (Request, Reply) async throws -> Reply,
        _ body: () async throws -> Void
    ) async throws {
        let port = try consortium.node(node).addresses.peerPort
        // Passed on in the name of the one who asks in these scenarios.
        let asker = PeerCaller.Credentials(of: try consortium.home("harbor-node"))
        let forger = try Forger(node: node, of: consortium)
        try await PeerCaller.with(asker, port: port) { caller in
            try await run(
                at: consortium.entry(node),
                .answers(as: consortium.home(node)) { request in
                    let honest = try await caller.send(
                        request.method == "GET" ? .get : .post, request.path,
                        fields: request.signedFields, body: request.body)
                    let reply = Reply.http(
                        honest.status, contentType: honest.contentType ?? "", honest.body)
                    let given = try await tamper(request, reply)
                    guard given != reply else {
                        return .signed(
                            honest.status, contentType: honest.contentType ?? "", honest.body,
                            honest.signedFields)
                    }
                    return try forger.sign(given, to: request)
                }, body)
        }
    }

    /// Signs with the keys of a node, whatever it is.
    private struct Forger: Sendable {
        let signer: MessageSigner
        let logKey: Curve25519.Signing.PrivateKey
        let node: NodeEntry
        let directory: Directory

        init(node: String, of consortium: ScenarioConsortium) throws {
            let home = try consortium.home(node)
            let keys = try SigningKeys(home: home)
            signer = try #require(keys.answers.first)
            logKey = try #require(keys.log.first)
            self.node = try consortium.entry(node)
            directory = consortium.site.directory
        }

        func sign(_ reply: Reply, to request: Request) throws -> Reply {
            guard case .http(let status, let contentType, let body) = reply,
                let message = AnswerMessage(
                    status: status, fields: [HeaderField("content-type", contentType)])
            else { return reply }
            let answer = try signer.sign(
                message, content: body, to: try signed(request), created: 1_790_000_000)
            return .signed(
                status, contentType: contentType, body,
                answer.message.fields.filter { $0.name != "content-type" }
                    + (try receipt(of: answer, to: request)))
        }

        /// A receipt of a log that was made up for this one answer: who has the log's key can do so,
        /// and is found out by whoever compares the log with itself.
        private func receipt(of answer: SignedAnswer, to request: Request) throws -> [HeaderField] {
            guard answer.message.status == 200, let message = try? request.message() else {
                return []
            }
            let signed = try signed(request)
            let keyID = try #require(KeyName(RequestSignature(of: signed.message).keyID.text))
            let member = try #require(directory.requester(keyID: keyID)).member
            let entry = LogEntry.answering(
                message, request: signed, answer: answer, from: member.node, member.id, at: node.id,
                now: Timestamp(secondsSinceEpoch: 1_790_000_000))
            let origin = try #require(node.log).origin
            let receipt = try MadeUpReceipt.make(entry, origin: origin, privateKey: logKey)
            return [HeaderField("creditmesh-receipt", Base64URL.encode(receipt.bytes))]
        }

        private func signed(_ request: Request) throws -> SignedRequest {
            let target = try #require(
                TargetURI(endpoint: node.endpoint.description, rawTarget: request.path))
            let signature = try RequestSignature(
                of: RequestMessage(
                    method: request.method == "GET" ? .get : .post, target: target,
                    fields: request.fields))
            let requester = try #require(
                KeyName(signature.keyID.text).flatMap { directory.requester(keyID: $0) })
            return try signature.verified(by: requester.key.publicKey.bytes).signed
        }
    }
}

extension RogueNode.Request {
    /// What the asker's signature covers, and the signature.
    fileprivate var signedFields: [HeaderField] {
        fields.filter {
            ["content-type", "content-digest", "signature", "signature-input"].contains($0.name)
        }
    }
}

extension RogueNode.Request {
    /// The message that it is; the asker is believed to be honest.
    fileprivate func message() throws -> PeerMessage {
        let json = try JSONValue(parsing: body, limits: JSONLimits(documentBytesMax: 1 << 20))
        switch path {
        case "/v1/evaluations": return .evaluation(try EvaluationRequest(json: json) { _, _ in })
        case "/v1/queries": return .query(try QueryRequest(json: json) { _, _ in })
        default: throw RogueError.noMessage
        }
    }
}

private enum RogueError: Error {
    case noMessage
}

extension HTTPAnswer {
    /// What proves the answer.
    fileprivate var signedFields: [HeaderField] {
        fields.filter {
            ["content-digest", "signature", "signature-input", "creditmesh-receipt"]
                .contains($0.name)
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
