import Crypto
import Exchange
import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import Membership
import NIOCore
import NIOSSL
import Pseudonym
import StrictJSON

/// Answers the requests to an authority's service: path and method, load, size, who it is, content.
struct AuthorityResponder: Sendable {
    let desk: any EnrolmentDesk
    let files: any DirectoryFiles
    let consortium: ConsortiumID
    /// The authority's certificate as EST hands it out.
    let certificates: [UInt8]
    let clock: any Exchange.Clock
    let gate: RequestGate
    let logger: Logger

    /// Answers one request.
    ///
    /// - Throws: the connection's error when it is gone.
    func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let hasSlot = gate.enter()
        defer { if hasSlot { gate.leave() } }
        var code = "ok"
        let response: PeerResponse
        do {
            response = try await answer(request, hasSlot: hasSlot, on: channel, writer: writer)
        } catch let refusal as Refusal {
            code = refusal.problem.code.rawValue
            response = PeerResponse(refusal)
        } catch let refusal as EnrolmentRefusal {
            code = refusal.code.rawValue
            response = PeerResponse(refusal)
        } catch is ConnectionGuard.Ended {
            return
        }
        let path = EnrolmentPath(request.head.path ?? "")
        logger.info("request", metadata: ["route": "\(path?.name ?? "none")", "code": "\(code)"])
        try await writer.write(
            response: response.head(at: clock.now), body: response.responseBody)
    }

    private func answer(
        _ request: Request, hasSlot: Bool, on channel: any Channel,
        writer: borrowing ResponseWriter
    ) async throws -> PeerResponse {
        guard let path = EnrolmentPath(request.head.path ?? "") else {
            throw Refusal(.notFound, "there is nothing at this path")
        }
        guard request.method == path.method else {
            var refusal = Refusal(.method, "the path takes \(path.method.rawValue) only")
            refusal.allowedMethods = path.method.rawValue
            throw refusal
        }
        guard hasSlot else {
            throw Refusal(
                .overloaded, "too many requests at this moment",
                retryAfterSeconds: PeerHTTPLimits.overloadedRetryAfterSeconds)
        }
        if path == .keys {
            // Megabytes are read from holders of a token alone.
            let holder = try holder(request)
            _ = try await desk.standing(of: holder.user, password: holder.password)
        }
        let body = try await RequestBodyReader(bytesMax: path.bytesMax)
            .read(request, writer: writer)
        switch path {
        case .repository(let name): return try file(name, request)
        case .certificates: return PeerResponse(certificates: certificates)
        case .invitation:
            let holder = try holder(request)
            return PeerResponse(
                try await desk.standing(of: holder.user, password: holder.password))
        case .keys: return try await keys(body, request)
        case .enrol: return try await enrol(body, request)
        case .renew: return try await renew(body, request, on: channel)
        }
    }

    // MARK: One path each

    private func file(_ name: DirectoryFileName, _ request: Request) throws -> PeerResponse {
        guard let bytes = files.directoryFile(name.text) else {
            throw Refusal(.notFound, "there is no such file")
        }
        let tag = "\"\(Base64URL.encode(Array(SHA256.hash(data: bytes))))\""
        let isKnown = request.headers[.ifNoneMatch] == tag
        var response =
            isKnown
            ? PeerResponse(.notModified, body: [], type: MediaType.json)
            : PeerResponse(json: bytes, isFinal: name.isFinal)
        response.set(.eTag, tag)
        return response
    }

    private func keys(_ body: [UInt8], _ request: Request) async throws -> PeerResponse {
        let holder = try holder(request)
        guard MediaType.isJSON(request.headers[.contentType]) else { throw Self.mediaType }
        return PeerResponse(
            try await desk.take(keys: body, for: holder.user, password: holder.password))
    }

    private func enrol(_ body: [UInt8], _ request: Request) async throws -> PeerResponse {
        let holder = try holder(request)
        let der = try certificateRequest(body, request)
        switch try await desk.enrol(
            request: der, for: holder.user, password: holder.password)
        {
        case .waiting(let state): return PeerResponse(waiting: state)
        case .issued(let certificate): return try bundle(certificate)
        }
    }

    private func renew(
        _ body: [UInt8], _ request: Request, on channel: any Channel
    ) async throws -> PeerResponse {
        guard let shown = try await channel.nioSSL_peerCertificate().get(),
            let certificate = try? CertificateProfile.certificate(
                fromDER: shown.toDERBytes(), consortium: consortium),
            certificate.isValid(
                at: Date(timeIntervalSince1970: Double(clock.now.secondsSinceEpoch)))
        else {
            throw EnrolmentRefusal(
                .certificate, "a renewal needs the present certificate of the node")
        }
        let der = try certificateRequest(body, request)
        return try bundle(await desk.renew(request: der, shown: certificate))
    }

    private func holder(_ request: Request) throws -> BasicCredentials {
        guard let found = BasicCredentials(request.headers[.authorization]) else {
            throw EnrolmentRefusal(.unknown, "node and secret of the invitation are needed")
        }
        return found
    }

    private func certificateRequest(_ body: [UInt8], _ request: Request) throws -> [UInt8] {
        // Whoever wrote the client: names of types are the same in any case (RFC 9110 §8.3.1).
        guard request.headers[.contentType]?.lowercased() == MediaType.certificateRequest else {
            throw Self.mediaType
        }
        guard let der = EnrolmentBase64.bytes(body) else {
            throw EnrolmentRefusal(.requestMalformed, "not base64")
        }
        return der
    }

    private func bundle(_ certificate: [UInt8]) throws -> PeerResponse {
        do {
            return PeerResponse(certificates: try CertificateBundle.encoded([certificate]))
        } catch {
            throw EnrolmentRefusal(.unavailable, "\(error)")
        }
    }

    private static let mediaType = Refusal(.mediaType, "the content type does not fit the path")
}

extension EnrolmentPath {
    /// Most bytes of a request's body; 0 for one that has none.
    fileprivate var bytesMax: Int {
        switch self {
        case .repository, .certificates, .invitation: 0
        case .enrol, .renew: PeerHTTPLimits.certificateRequestBytesMax
        case .keys: EnrolmentLimits.keysBytesMax
        }
    }
}
