import StrictJSON

/// Why a whole request is refused: the stable `code` of a problem document, each with one HTTP
/// status (protocol/errors.md). Codes of later parts of the protocol are listed there and come
/// with them.
public enum ProblemCode: String, Error, Sendable, CaseIterable {
    case malformedJSON = "malformed-json"
    case badRequest = "bad-request"
    case digestMismatch = "digest-mismatch"
    case signatureMissing = "signature-missing"
    case signatureInvalid = "signature-invalid"
    case signatureExpired = "signature-expired"
    case nonceReplayed = "nonce-replayed"
    case clockSkew = "clock-skew"
    case unknownNode = "unknown-node"
    case unknownMember = "unknown-member"
    case suspended
    case role
    case notSupervised = "not-supervised"
    case notFound = "not-found"
    case unknownKID = "unknown-kid"
    case method
    case timeout
    case tooLarge = "too-large"
    case mediaType = "media-type"
    case batchSize = "batch-size"
    case invalidElement = "invalid-element"
    case invalidPurpose = "invalid-purpose"
    case invalidConsent = "invalid-consent"
    case invalidDenial = "invalid-denial"
    case quota
    case headersTooLarge = "headers-too-large"
    case `internal`
    case overloaded
    case starting
}

/// A refusal of a whole request, with what the peer may be told beside the code.
public struct Problem: Error, Sendable, Equatable {
    /// The stable code.
    public let code: ProblemCode
    /// One sentence for the peer's engineer: what is wrong and where. Never a value of the request.
    public let detail: String
    /// When a retry may succeed, in seconds (`quota`, `overloaded`).
    public let retryAfterSeconds: Int?

    /// Makes a problem.
    public init(_ code: ProblemCode, _ detail: String, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// A document that could not be read, or that does not fit its message.
    public init(_ error: JSONError) {
        switch error {
        case .malformed(.tooLarge, _): self.init(.tooLarge, error.description)
        case .malformed: self.init(.malformedJSON, error.description)
        default: self.init(.badRequest, error.description)
        }
    }
}

/// Why one query of a batch, or one member's record, is refused (protocol/errors.md, in results).
public enum RefusalCode: String, Sendable, CaseIterable {
    case consentPurpose = "consent-purpose"
    case consentExpired = "consent-expired"
    case consentNotYetValid = "consent-not-yet-valid"
    case consentWithdrawn = "consent-withdrawn"
    case consentRecipient = "consent-recipient"
    case nameMismatch = "name-mismatch"
    case frozen
    case heldBack = "held-back"
    /// Stands for a code that this version does not know: refused, never "no record".
    case refused
}
