import AsyncHTTPClient
import Exchange
import Foundation
import Membership
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import StrictJSON

/// Why an authority's service did not give what was asked for.
public enum EnrolmentFailure: Error, Sendable, Equatable {
    /// Nobody answers there, or not in time; it may later.
    case unreachable
    /// Who answers there is not the authority that the invitation names.
    case untrusted
    /// The answer cannot be read.
    case malformed
    /// The service refuses, with a code of protocol/errors.md.
    case refused(code: String)
}

/// A new node's side of an enrolment (protocol/enrolment.md): knows the authority by what its token
/// says, before the secret is sent. Whoever makes a client ends it with `shutdown()`.
public struct EnrolmentClient: Sendable {
    /// The authority's certificate, which the token names by its digest.
    public let authority: AuthorityCertificate
    private let base: String
    private let credentials: BasicCredentials
    private let client: HTTPClient

    /// Finds the authority: its certificate is fetched from whoever answers, must be the one of which
    /// the token has the digest, and from then on must be what the service is under.
    public static func find(
        _ token: InvitationToken
    ) async throws(EnrolmentFailure) -> EnrolmentClient {
        let base = token.authority.description
        let first = makeClient(roots: .anybody)
        let bundle: [UInt8]
        do throws(EnrolmentFailure) {
            bundle = try await Wire(client: first, base: base).certificates()
        } catch {
            try? await first.shutdown()
            throw error
        }
        try? await first.shutdown()
        let found = (CertificateBundle.certificates(in: bundle) ?? [])
            .compactMap { AuthorityCertificate(der: $0) }
            .first { $0.digest == token.certificate }
        guard let authority = found,
            let root = try? NIOSSLCertificate(bytes: authority.der, format: .der)
        else { throw .untrusted }
        let client = makeClient(roots: .these([root]))
        return EnrolmentClient(
            authority: authority, base: base,
            credentials: BasicCredentials(user: token.node.text, password: token.password),
            client: client)
    }

    /// Closes the connections.
    public func shutdown() async { try? await client.shutdown() }

    /// The URL of the repository, as `directory.authority` of a node's configuration.
    public var repository: String { base + Self.repositoryFolder }
    /// The path of the repository at a service.
    public static let repositoryFolder = EnrolmentPath.repositoryFolder

    /// The first root, as it came.
    public func firstRoot() async throws(EnrolmentFailure) -> [UInt8] {
        try await exchange.send(
            .GET, EnrolmentPath.repositoryFolder + "1.root.json", expecting: .ok
        ).body
    }

    /// The invitation, and how far it has come.
    public func standing() async throws(EnrolmentFailure) -> (Invitation, EnrolmentState) {
        let answer = try await exchange.send(
            .GET, EnrolmentPath.invitation.text, as: credentials, expecting: .ok)
        let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.enrolmentAnswerBytesMax)
        guard let value = try? JSONValue(parsing: answer.body, limits: limits),
            var fields = try? JSONObjectReader(value),
            let invited = fields.optional("invitation"),
            let invitation = try? Invitation(json: invited),
            let state = fields.optional("state")?.text.flatMap(EnrolmentState.init(rawValue:))
        else { throw .malformed }
        return (invitation, state)
    }

    /// Sends the public keys.
    public func send(_ keys: EnrolledKeys) async throws(EnrolmentFailure) {
        _ = try await exchange.send(
            .POST, EnrolmentPath.keys.text, as: credentials,
            body: (MediaType.json, keys.json.encoded), expecting: .ok)
    }

    /// Asks for the certificate.
    public func enrol(
        _ request: CertificateRequest
    ) async throws(EnrolmentFailure) -> EnrolmentReply {
        let answer = try await exchange.send(
            .POST, EnrolmentPath.enrol.text, as: credentials,
            body: (MediaType.certificateRequest, EnrolmentBase64.text(request.der)),
            expecting: .ok, .accepted)
        guard answer.status == .ok else { return .waiting(.enrolled) }
        return .issued(try certificate(in: answer.body, for: request))
    }

    /// The certificate of a bundle that is for a request and by the authority.
    private func certificate(
        in body: [UInt8], for request: CertificateRequest
    ) throws(EnrolmentFailure) -> [UInt8] {
        guard let bundle = EnrolmentBase64.bytes(body),
            let certificate = CertificateBundle.certificates(in: bundle)?
                .first(where: request.hasKey)
        else { throw .malformed }
        let identity = try? CertificateProfile.identity(
            fromDER: certificate, consortium: request.identity.consortium)
        guard identity == request.identity, authority.hasIssued(certificate) else {
            throw .untrusted
        }
        return certificate
    }

    private var exchange: Wire { Wire(client: client, base: base) }

    private enum Roots {
        /// Whoever answers; what comes is held to a digest.
        case anybody
        case these([NIOSSLCertificate])
    }

    private static func makeClient(roots: Roots) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        switch roots {
        case .anybody: tls.certificateVerification = .none
        case .these(let certificates): tls.trustRoots = .certificates(certificates)
        }
        return makeClient(tls)
    }

    /// A client that makes one connection and follows nobody.
    static func makeClient(_ tls: TLSConfiguration) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(PeerHTTPLimits.connectTimeout)),
            connectionPool: .init(
                idleTimeout: TimeAmount(PeerHTTPLimits.unusedConnectionTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: 1),
            proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }
}

extension EnrolmentClient {
    /// One request after the other over a client.
    struct Wire {
        let client: HTTPClient
        let base: String

        func certificates() async throws(EnrolmentFailure) -> [UInt8] {
            let answer = try await send(.GET, EnrolmentPath.certificates.text, expecting: .ok)
            guard let bundle = EnrolmentBase64.bytes(answer.body) else { throw .malformed }
            return bundle
        }

        func send(
            _ method: HTTPMethod, _ path: String, as holder: BasicCredentials? = nil,
            body: (type: String, bytes: [UInt8])? = nil,
            expecting statuses: HTTPResponseStatus...
        ) async throws(EnrolmentFailure) -> (status: HTTPResponseStatus, body: [UInt8]) {
            var request = HTTPClientRequest(url: base + path)
            request.method = method
            if let holder { request.headers.add(name: "authorization", value: holder.field) }
            if let body {
                request.headers.add(name: "content-type", value: body.type)
                request.body = .bytes(ByteBuffer(bytes: body.bytes))
            }
            do {
                let response = try await client.execute(
                    request, timeout: TimeAmount(PeerHTTPLimits.repositoryPatience))
                var bytes: [UInt8] = []
                for try await part in response.body {
                    guard
                        bytes.count + part.readableBytes
                            <= PeerHTTPLimits.enrolmentAnswerBytesMax
                    else { throw EnrolmentFailure.malformed }
                    bytes += part.readableBytesView
                }
                guard statuses.contains(response.status) else {
                    throw EnrolmentFailure.refused(code: Self.code(in: bytes))
                }
                return (response.status, bytes)
            } catch let failure as EnrolmentFailure {
                throw failure
            } catch is NIOSSLError, is NIOSSLExtraError {
                throw .untrusted
            } catch {
                throw .unreachable
            }
        }

        /// The code of a problem document; no other text of it goes further.
        private static func code(in body: [UInt8]) -> String {
            let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.problemBytesMax)
            guard let value = try? JSONValue(parsing: body, limits: limits),
                var fields = try? JSONObjectReader(value),
                let code = fields.optional("code")?.text,
                EnrolmentCode(rawValue: code) != nil || ProblemCode(rawValue: code) != nil
            else { return "unknown" }
            return code
        }
    }
}
