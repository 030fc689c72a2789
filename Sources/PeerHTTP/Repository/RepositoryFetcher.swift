import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import TUF

/// The files of a repository at a public URL: plain GETs without a certificate of one's own. Nothing
/// that it brings is believed; who reads it verifies signatures.
public final class RepositoryFetcher: RepositorySource {
    private let base: String
    private let client: HTTPClient
    private let roots: RootsFile?
    private let patience: Duration
    private let remembered = Mutex<[String: Remembered]>([:])

    /// What a server called by an entity tag.
    private struct Remembered {
        let tag: String
        let bytes: [UInt8]
    }

    /// Dials nothing yet.
    ///
    /// - Parameters:
    ///   - url: the folder of the files, `https://…` or `http://…`, with or without a `/` at its end.
    ///   - roots: path of the certificates under which the server's must be, PEM, which is read anew
    ///     for each file; nil for those of the system.
    ///   - patience: how long one file may take.
    /// - Throws: `TLSMaterialError` for roots that cannot be read.
    public init(
        url: String, roots: String? = nil,
        patience: Duration = PeerHTTPLimits.repositoryPatience
    ) throws(TLSMaterialError) {
        base = url.hasSuffix("/") ? url : url + "/"
        self.patience = patience
        self.roots = try roots.map { path throws(TLSMaterialError) in try RootsFile(path: path) }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(PeerHTTPLimits.connectTimeout)),
            connectionPool: .init(
                idleTimeout: TimeAmount(PeerHTTPLimits.unusedConnectionTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: 1),
            proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    /// One file; nil when the server says that there is none.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        do {
            return try await fetch(name, bytesMax: bytesMax)
        } catch let fault as UpdateFault {
            throw fault
        } catch {
            throw .unreachable
        }
    }

    /// Closes the connection.
    public func shutdown() async { try? await client.shutdown() }

    private func fetch(_ name: String, bytesMax: Int) async throws -> [UInt8]? {
        guard let path = name.addingPercentEncoding(withAllowedCharacters: Self.plain) else {
            return nil
        }
        var request = HTTPClientRequest(url: base + path)
        request.tlsConfiguration = tls
        let known = remembered.withLock { $0[name] }
        if let known { request.headers.add(name: "if-none-match", value: known.tag) }
        let response = try await client.execute(request, timeout: TimeAmount(patience))
        switch response.status {
        case .ok: break
        case .notModified:
            guard let known else { throw UpdateFault.unreachable }
            return known.bytes
        case .notFound, .forbidden, .gone:
            // A body that is left unread ends the connection, and every round would dial anew: it
            // asks for the next root, which mostly is not there.
            _ = try? await Self.bytes(of: response, max: bytesMax)
            return nil
        default: throw UpdateFault.unreachable
        }
        let bytes = try await Self.bytes(of: response, max: bytesMax)
        // Only what is asked for again under one name is worth remembering.
        if name == MetadataRole.timestamp.fileName {
            let tag = response.headers.first(name: "etag")
            remembered.withLock { $0[name] = tag.map { Remembered(tag: $0, bytes: bytes) } }
        }
        return bytes
    }

    private var tls: TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let roots { tls.trustRoots = .certificates(roots.current) }
        return tls
    }

    private static func bytes(
        of response: HTTPClientResponse, max bytesMax: Int
    ) async throws -> [UInt8] {
        guard response.headers["content-encoding"].isEmpty else { throw UpdateFault.unreachable }
        let declared = response.headers.first(name: "content-length").flatMap { Int($0) }
        guard declared ?? 0 <= bytesMax else { throw UpdateFault.tooLarge }
        var bytes: [UInt8] = []
        for try await part in response.body {
            guard bytes.count + part.readableBytes <= bytesMax else { throw UpdateFault.tooLarge }
            bytes += part.readableBytesView
        }
        return bytes
    }

    /// What stands in a path as it is (RFC 3986 §2.3), and what divides it.
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
}
