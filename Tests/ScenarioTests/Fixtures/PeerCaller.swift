import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL
import NodeAssembly
import Synchronization

/// A foreign client of the peer API: sends what a test wants, with a certificate of its choice, all
/// over one connection.
final class PeerCaller: Sendable {
    private let client: HTTPClient
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

    /// Runs `body` with a caller of the node that listens on a port of loopback.
    static func with(
        _ credentials: Credentials, port: Int, _ body: (PeerCaller) async throws -> Void
    ) async throws {
        let caller = try PeerCaller(credentials, port: port)
        do {
            try await body(caller)
        } catch {
            try? await caller.client.shutdown()
            throw error
        }
        try await caller.client.shutdown()
    }

    private init(_ credentials: Credentials, port: Int) throws {
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
        try await HTTPAnswer(
            client.execute(HTTPClientRequest(url: address + path), timeout: .seconds(60)))
    }

    /// Posts a document.
    func post(
        _ path: String, _ body: [UInt8], contentType: String = "application/json"
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: address + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: contentType)
        request.body = .bytes(ByteBuffer(bytes: body))
        return try await HTTPAnswer(client.execute(request, timeout: .seconds(60)))
    }
}

private final class ConnectionCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increase() { count.withLock { $0 += 1 } }
}
