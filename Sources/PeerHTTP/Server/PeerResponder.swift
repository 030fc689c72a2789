import Exchange
import HTTPSignatures
import HTTPTypes
import HummingbirdCore
import Logging
import Membership
import NIOCore

/// Answers one request after the other, in the order of checks of protocol/messages.md: node, denial,
/// route and method, suspension, load, size, signature, and what is behind it.
struct PeerResponder: Sendable {
    let dispatcher: RouteDispatcher
    let callers: CallerIdentification
    let verification: RequestVerification
    let signers: MessageSigners
    let directory: any DirectorySource
    let clock: any Exchange.Clock
    let gate: RequestGate
    let meter: RequestMeter
    let logger: Logger

    /// Answers one request. The slot is held until the answer is written, because the answer's
    /// memory is.
    ///
    /// - Throws: the connection's error when it is gone; then there is nobody to answer.
    func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let hasSlot = gate.enter()
        defer { if hasSlot { gate.leave() } }
        var record = RequestRecord(request.head)
        let response: PeerResponse
        do {
            response = try await answer(
                request, hasSlot: hasSlot, on: channel, writer: writer, record: &record)
        } catch let refusal as Refusal {
            record.code = refusal.problem.code
            response = PeerResponse(refusal)
        } catch is ConnectionGuard.Ended {
            // The guard has answered in our place and closes the connection.
            return
        }
        record.log(response.status, to: logger)
        record.count(response.status, by: meter)
        let head = response.head(at: clock.now)
        if request.method == .head {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(response: head, body: response.responseBody)
        }
    }

    /// What is thrown is answered unsigned; everything else of a signed route is signed.
    private func answer(
        _ request: Request, hasSlot: Bool, on channel: any Channel,
        writer: borrowing ResponseWriter, record: inout RequestRecord
    ) async throws -> PeerResponse {
        let directory = directory.current
        let node = try await callers.caller(on: channel, in: directory, at: clock.now)
        record.caller = node.id
        guard directory.denials[node.id.text] == nil else {
            throw Refusal(.suspended, "a regulator denies the node")
        }
        let route = try route(of: request)
        record.route = route
        guard node.status == .active || route.isOpenToSuspended else {
            throw Refusal(.suspended, "the node is suspended or has withdrawn")
        }
        guard hasSlot else {
            throw Refusal(
                .overloaded, "too many requests at this moment",
                retryAfterSeconds: PeerHTTPLimits.overloadedRetryAfterSeconds)
        }
        let bytesMax = route.method == .post ? ExchangeLimits.requestBytesMax : 0
        let body = try await RequestBodyReader(bytesMax: bytesMax).read(request, writer: writer)
        guard route.isSigned else {
            do { return try await dispatcher.answer(route) } catch { throw Refusal(error) }
        }
        let (caller, verified) = try verification.verified(request.head, from: node, in: directory)
        let call = VerifiedCall(
            route: route, fields: request.headers, body: body, caller: caller, request: verified)
        return try await signedAnswer(to: call, signer: signer(in: directory), record: &record)
    }

    /// The answer to a verified request: signed, refusals too, but for filters, which prove
    /// themselves. What is asked of the business side is in the log before it is answered.
    private func signedAnswer(
        to call: VerifiedCall, signer: MessageSigner, record: inout RequestRecord
    ) async throws -> PeerResponse {
        var message: PeerMessage?
        var response: PeerResponse
        do {
            response = try await call.answer(
                by: dispatcher, at: clock.now, message: &message)
            if case .filter = call.route { return response }
        } catch {
            record.code = error.code
            response = PeerResponse(Refusal(error))
        }
        let answer = try response.sign(by: signer, to: call.request.signed, at: clock.now)
        guard let subject = call.route.subject else { return response }
        do {
            let receipt = try await dispatcher.service.record(
                AnsweredCall(
                    subject: subject, message: message, caller: call.caller,
                    request: call.request, requestBody: call.body, answer: answer,
                    answerBody: response.body, consents: response.consents))
            if response.status == .ok { response.add(receipt) }
            return response
        } catch {
            record.code = error.code
            var refusal = PeerResponse(Refusal(error))
            _ = try refusal.sign(by: signer, to: call.request.signed, at: clock.now)
            return refusal
        }
    }

    /// The key of this node's answers. Without one nothing is answered: its operator must see to
    /// it that home and directory fit.
    private func signer(in directory: Directory) throws(Refusal) -> MessageSigner {
        guard let own = directory.node(verification.node),
            let signer = signers.signer(ofAnswersBy: own)
        else {
            logger.error("the directory lists no key of this node's answers that its home holds")
            throw Refusal(.internal, "no key to sign with")
        }
        return signer
    }

    private func route(of request: Request) throws(Refusal) -> PeerRoute {
        guard let route = PeerRoute(path: request.head.path ?? "") else {
            throw Refusal(.notFound, "there is nothing at this path")
        }
        guard let taken = route.taking(request.method) else {
            var refusal = Refusal(.method, "the path takes \(route.allowedMethods) only")
            refusal.allowedMethods = route.allowedMethods
            throw refusal
        }
        return taken
    }
}
