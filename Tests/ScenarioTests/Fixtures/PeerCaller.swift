import AsyncHTTPClient
import Exchange
import Foundation
import HTTPSignatures
import Membership
import NIOCore
import NIOSSL
import NodeAssembly
import Synchronization
import Testing

/// A foreign client of the peer API: sends what a test wants, with a certificate of its choice, all
/// over one connection; signed, unless told otherwise, by the member that the message names.
final class PeerCaller: Sendable {
    private let client: HTTPClient
    private let signing: Signing?
    private let address: String
    private let opened: ConnectionCount

    /// Connections made so far.
    var connectionCount: Int { opened.value }

    /// How a caller shows itself.
    struct Credentials {
        /// Its certificate and key; nil for none.
        var certificate: (certificate: URL, key: URL)?
        /// The authority that it trusts.
        let roots: URL
        var newestTLS: TLSVersion?

        /// Those of a node.
        init(of home: NodeHome) {
            certificate = (home.certificate, home.certificateKey)
            roots = home.roots
        }
    }

    /// With what requests are signed: the keys of a home, for a node at an endpoint.
    struct Signing: Sendable {
        let keys: SigningKeys
        let endpoint: Endpoint
        let clock: ScenarioClock
    }

    /// Runs `body` with a caller of the node that listens on a port of loopback; without `signing`
    /// it cannot sign.
    static func with(
        _ credentials: Credentials, port: Int, signing: Signing? = nil,
        _ body: (PeerCaller) async throws -> Void
    ) async throws {
        let caller = try PeerCaller(credentials, port: port, signing: signing)
        do {
            try await body(caller)
        } catch {
            try? await caller.client.shutdown()
            throw error
        }
        try await caller.client.shutdown()
    }

    private init(_ credentials: Credentials, port: Int, signing: Signing?) throws {
        self.signing = signing
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(credentials.roots.path)
        tls.maximumTLSVersion = credentials.newestTLS
        if let files = credentials.certificate {
            tls.certificateChain = try NIOSSLCertificate.fromPEMFile(files.certificate.path)
                .map { .certificate($0) }
            tls.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: files.key.path, format: .pem))
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(30)), proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        configuration.connectionPool.retryConnectionEstablishment = false
        let opened = ConnectionCount()
        configuration.http1_1ConnectionDebugInitializer = { channel in
            opened.increase()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        self.opened = opened
        client = HTTPClient(
            eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
        address = "https://127.0.0.1:\(port)"
    }

    /// Gets what lies at a path.
    func get(_ path: String) async throws -> HTTPAnswer {
        try await send(.get, path, fields: try sign(.get, path, nil, []))
    }

    /// Posts a document.
    func post(
        _ path: String, _ body: [UInt8], contentType: String = "application/json"
    ) async throws -> HTTPAnswer {
        try await send(.post, path, fields: try sign(.post, path, contentType, body), body: body)
    }

    /// Sends a request with exactly these fields.
    func send(
        _ method: RequestMessage.Method, _ path: String, fields: [HeaderField],
        body: [UInt8] = []
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: address + path)
        for field in fields { request.headers.add(name: field.name, value: field.value) }
        if method == .post {
            request.method = .POST
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        return try await HTTPAnswer(client.execute(request, timeout: .seconds(60)))
    }

    /// The fields of a request, signed now.
    func sign(
        _ method: RequestMessage.Method, _ path: String, _ contentType: String?, _ body: [UInt8]
    ) throws -> [HeaderField] {
        let fields = contentType.map { [HeaderField("content-type", $0)] } ?? []
        guard let signing else { return fields }
        let target = try #require(
            TargetURI(endpoint: signing.endpoint.description, rawTarget: path))
        var generator = SystemRandomNumberGenerator()
        return try signer(of: body, signing).sign(
            RequestMessage(method: method, target: target, fields: fields), content: body,
            created: Int(signing.clock.now.secondsSinceEpoch),
            nonce: SignatureNonce(from: &generator)
        ).message.fields
    }

    /// The key of the member that a message names, or of another member of the home.
    private func signer(of body: [UInt8], _ signing: Signing) throws -> MessageSigner {
        let text = String(decoding: body, as: UTF8.self)
        let all = signing.keys.requests.sorted { $0.key < $1.key }
        let named = all.first { text.contains("\"member\":\"\($0.key)\"") }
        return try #require((named ?? all.first)?.value.first)
    }
}

private final class ConnectionCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increase() { count.withLock { $0 += 1 } }
}
