import Exchange
import HTTPSignatures
import HTTPTypes

/// A request whose signature verified: from here on whatever is answered is signed.
struct VerifiedCall {
    let route: PeerRoute
    let fields: HTTPFields
    /// Empty for a GET.
    let body: [UInt8]
    let caller: Caller
    let request: VerifiedRequest

    /// Judges times, digest and, where no entry of the log will, the nonce; then has the request
    /// answered.
    ///
    /// - Parameter message: what was asked, as soon as it could be read.
    func answer(
        by dispatcher: RouteDispatcher, at now: Timestamp, message: inout PeerMessage?
    ) async throws(Problem) -> PeerResponse {
        do throws(SignatureError) {
            try request.check(
                content: ContentDigest(of: body), at: Int(now.secondsSinceEpoch))
        } catch {
            throw Problem(error)
        }
        if route.subject == nil { try await dispatcher.service.use(request) }
        return try await dispatcher.answer(
            route, fields: fields, body: body, from: caller, request: request.signed,
            message: &message)
    }
}
