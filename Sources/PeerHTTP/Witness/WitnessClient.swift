import AsyncHTTPClient
import Exchange
import Logging
import Membership
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import TransparencyLog

/// Submits checkpoints to witnesses over HTTP/1.1 and TLS (C2SP tlog-witness).
///
/// No client certificate is shown. The server's is checked against the system's roots and the
/// consortium's, since a witness may be a member's node or anybody's; what it signs is verified by the
/// key in the directory, so that nothing rests on the connection. Whoever makes a client ends it with
/// `shutdown()`.
public final class WitnessClient: Witnesses {
    private let client: HTTPClient
    private let tls: TLSInForce
    private let logger: Logger

    /// Dials nothing yet.
    ///
    /// - Parameter tls: whose roots are believed beside the system's.
    public init(tls: TLSInForce, logger: Logger) {
        self.tls = tls
        self.logger = logger
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(PeerHTTPLimits.connectTimeout)),
            connectionPool: .init(
                idleTimeout: TimeAmount(PeerHTTPLimits.unusedConnectionTimeout)),
            proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    /// See `Witnesses`.
    public func submit(
        _ submission: AddCheckpoint, to witness: WitnessEntry,
        deadline: ContinuousClock.Instant
    ) async throws(WitnessFailure) -> WitnessReply {
        guard deadline > .now else { throw .timedOut }
        var request = HTTPClientRequest(url: witness.url + WitnessPath.submission)
        request.tlsConfiguration = tls.current.witnessClientConfiguration
        request.method = .POST
        request.headers.add(name: "content-type", value: MediaType.text)
        request.body = .bytes(ByteBuffer(bytes: submission.bytes))
        do {
            let response = try await client.execute(
                request, deadline: .now() + TimeAmount(deadline - .now))
            return try await Self.reply(response)
        } catch {
            throw WitnessFailure(transport: error)
        }
    }

    /// The checkpoint that a witness cosigned last of a log, not verified; nil when there is none.
    ///
    /// - Parameter origin: the log's name.
    public func latest(
        of origin: String, from witness: WitnessEntry, deadline: ContinuousClock.Instant
    ) async throws(WitnessFailure) -> [UInt8]? {
        guard deadline > .now else { throw .timedOut }
        var request = HTTPClientRequest(url: witness.url + WitnessPath.latest(of: origin))
        request.tlsConfiguration = tls.current.witnessClientConfiguration
        do {
            let response = try await client.execute(
                request, deadline: .now() + TimeAmount(deadline - .now))
            if response.status == .notFound { return nil }
            guard response.status == .ok else { throw WitnessFailure.malformed }
            return try await Self.bytes(of: response)
        } catch {
            throw WitnessFailure(transport: error)
        }
    }

    /// Ends all connections.
    public func shutdown() async {
        do {
            try await client.shutdown()
        } catch {
            logger.warning("closing connections failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    private static func reply(_ response: HTTPClientResponse) async throws -> WitnessReply {
        switch response.status {
        case .ok:
            guard let lines = try? CosignatureLines(bytes: await bytes(of: response)) else {
                throw WitnessFailure.malformed
            }
            return .cosigned(lines)
        case .conflict:
            guard response.headers.first(name: "content-type") == MediaType.logSize,
                let text = String(validating: try await bytes(of: response), as: UTF8.self),
                text.last == "\n", let size = Int(text.dropLast()).flatMap(TreeSize.init(_:)),
                "\(size)\n" == text
            else { throw WitnessFailure.malformed }
            return .stale(size)
        default: return .refused(status: Int(response.status.code))
        }
    }

    private static func bytes(of response: HTTPClientResponse) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in response.body {
            guard bytes.count + part.readableBytes <= PeerHTTPLimits.witnessAnswerBytesMax else {
                throw WitnessFailure.malformed
            }
            bytes += part.readableBytesView
        }
        return bytes
    }
}

extension WitnessFailure {
    /// What an error of the HTTP client means. No text of it goes further.
    fileprivate init(transport error: any Error) {
        if let failure = error as? WitnessFailure {
            self = failure
            return
        }
        switch PeerFailure(transport: error) {
        case .timedOut: self = .timedOut
        case .malformed: self = .malformed
        default: self = .unreachable
        }
    }
}
