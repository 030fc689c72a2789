import Exchange
import HTTPTypes

/// A problem on its way to the peer, with what HTTP adds to it.
struct Refusal: Error {
    /// What the peer is told.
    let problem: Problem
    /// The methods that would have been right (RFC 9110 §15.5.6).
    var allowedMethods: String?
    /// Whether the connection ends with the answer, because what follows on it is not wanted.
    var closesConnection = false

    /// Refuses with a code and a sentence; see `Problem`.
    init(_ code: ProblemCode, _ detail: String, retryAfterSeconds: Int? = nil) {
        problem = Problem(code, detail, retryAfterSeconds: retryAfterSeconds)
    }

    /// Refuses with a problem of the business side.
    init(_ problem: Problem) {
        self.problem = problem
    }

    /// The same refusal, after which the connection ends.
    func closing() -> Refusal {
        var refusal = self
        refusal.closesConnection = true
        return refusal
    }
}

extension ProblemCode {
    /// The one HTTP status of the code (protocol/errors.md).
    var status: HTTPResponse.Status {
        switch self {
        case .malformedJSON, .badRequest, .digestMismatch: .badRequest
        case .signatureMissing, .signatureInvalid, .signatureExpired: .unauthorized
        case .nonceReplayed, .clockSkew: .unauthorized
        case .unknownNode, .unknownMember, .suspended, .role, .notSupervised: .forbidden
        case .notFound, .unknownKID: .notFound
        case .method: .methodNotAllowed
        case .timeout: .requestTimeout
        case .tooLarge: .contentTooLarge
        case .mediaType: .unsupportedMediaType
        case .batchSize, .invalidElement, .invalidPurpose, .invalidConsent: .unprocessableContent
        case .invalidDenial: .unprocessableContent
        case .quota: .tooManyRequests
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .internal: .internalServerError
        case .overloaded, .starting: .serviceUnavailable
        }
    }
}
