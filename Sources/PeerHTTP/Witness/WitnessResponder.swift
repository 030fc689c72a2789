import Exchange
import HTTPTypes
import HummingbirdCore
import Logging
import TransparencyLog

/// Answers the requests to a witness, with the statuses of C2SP tlog-witness; what it says beside them
/// is for people.
struct WitnessResponder: Sendable {
    let desk: WitnessDesk
    let clock: any Exchange.Clock
    let logger: Logger

    /// Answers one request.
    ///
    /// - Throws: the connection's error when it is gone.
    func respond(to request: Request, with writer: consuming ResponseWriter) async throws {
        let response: PeerResponse
        do {
            response = try await answer(request, writer: writer)
        } catch let refusal as Refusal {
            response = PeerResponse(refusal)
        } catch is ConnectionGuard.Ended {
            return
        }
        logger.debug("witness", metadata: ["status": "\(response.status.code)"])
        try await writer.write(
            response: response.head(at: clock.now), body: response.responseBody)
    }

    private func answer(
        _ request: Request, writer: borrowing ResponseWriter
    ) async throws -> PeerResponse {
        let path = request.head.path ?? ""
        if path == WitnessPath.submission {
            guard request.method == .post else { throw Self.method(.post) }
            let body = try await RequestBodyReader(bytesMax: AddCheckpoint.bytesMax)
                .read(request, writer: writer)
            return await submission(body)
        }
        guard let origin = WitnessPath.origin(in: path) else {
            throw Refusal(.notFound, "there is nothing at this path")
        }
        guard request.method == .get else { throw Self.method(.get) }
        _ = try await RequestBodyReader(bytesMax: 0).read(request, writer: writer)
        do {
            guard let note = try await desk.latest(ofLogHashed: origin) else {
                return PeerResponse(.notFound, text: "nothing was cosigned of such a log\n")
            }
            return PeerResponse(checkpoint: note)
        } catch {
            return PeerResponse(error)
        }
    }

    private func submission(_ body: [UInt8]) async -> PeerResponse {
        do throws(WitnessRefusal) {
            return PeerResponse(.ok, body: try await desk.add(body).bytes)
        } catch {
            return PeerResponse(error)
        }
    }

    private static func method(_ method: HTTPRequest.Method) -> Refusal {
        var refusal = Refusal(.method, "the path takes \(method.rawValue) only")
        refusal.allowedMethods = method.rawValue
        return refusal
    }
}

extension PeerResponse {
    fileprivate init(_ status: HTTPResponse.Status, text: String) {
        self.init(status, body: Array(text.utf8))
    }

    /// A refusal of a witness.
    fileprivate init(_ refusal: WitnessRefusal) {
        switch refusal {
        case .malformed: self.init(.badRequest, text: "no submission of C2SP tlog-witness\n")
        case .unknownLog: self.init(.notFound, text: "no log of the directory\n")
        case .unsigned: self.init(.forbidden, text: "not signed by a key of the log\n")
        case .stale(let size):
            self.init(.conflict, body: Array("\(size)\n".utf8), type: MediaType.logSize)
        case .forked: self.init(.unprocessableContent, text: "the proof does not hold\n")
        case .clockBehind:
            self.init(.serviceUnavailable, text: "the witness's clock is behind\n")
        case .unavailable:
            self.init(.serviceUnavailable, text: "the witness cannot keep it; try again\n")
        }
    }
}
