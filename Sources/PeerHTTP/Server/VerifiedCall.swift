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

    /// Judges times and digest, then has the request answered.
    func answer(
        by dispatcher: RouteDispatcher, at now: Timestamp
    ) async throws(Problem) -> PeerResponse {
        do throws(SignatureError) {
            try request.check(
                content: ContentDigest(of: body), at: Int(now.secondsSinceEpoch))
        } catch {
            throw Problem(error)
        }
        var message: PeerMessage?
        return try await dispatcher.answer(
            route, fields: fields, body: body, from: caller, message: &message)
    }
}
