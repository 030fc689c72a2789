/// Why the authority's service takes something not (protocol/errors.md, "Codes of the enrolment").
public struct EnrolmentRefusal: Error, Sendable, Equatable {
    /// The stable code.
    public let code: EnrolmentCode
    /// For people: what and where; never a value that was sent.
    public let detail: String

    /// A refusal.
    public init(_ code: EnrolmentCode, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// The codes of the enrolment.
public enum EnrolmentCode: String, Sendable, CaseIterable {
    /// There is no such invitation, or its secret is another.
    case unknown = "invitation-unknown"
    /// The invitation's 24 hours are over, or the wait for its approval.
    case expired = "invitation-expired"
    /// The invitation was used for other keys, or its certificate was handed out long ago.
    case used = "invitation-used"
    /// Not a request for a certificate.
    case requestMalformed = "request-malformed"
    /// A request for a certificate that its own key did not sign.
    case requestSignature = "request-signature"
    /// A request for a certificate for another kind of key.
    case requestKey = "request-key"
    /// A request for a certificate of another node.
    case requestIdentity = "request-identity"
    /// A request for other names than the node's endpoint has.
    case requestNames = "request-names"
    /// Not a document of keys.
    case keysMalformed = "keys-malformed"
    /// The keys are not those of the invited node and members, or of another request.
    case keysUnfit = "keys-unfit"
    /// A renewal without a certificate of a node of the consortium.
    case certificate = "certificate-missing"
    /// A renewal for a node that the directory does not list as active.
    case notListed = "not-listed"
    /// The authority cannot keep or issue it now.
    case unavailable = "unavailable"
}

extension EnrolmentRefusal {
    /// A refusal of a request for a certificate.
    public init(_ error: CertificateRequestError) {
        switch error {
        case .malformed: self.init(.requestMalformed, "not one PKCS#10 request in DER")
        case .key: self.init(.requestKey, "the key must be ECDSA on P-256, signing with SHA-256")
        case .signature: self.init(.requestSignature, "not signed by its own key")
        case .identity: self.init(.requestIdentity, "the request must name one node as invited")
        case .names: self.init(.requestNames, "the request must name the endpoint's host alone")
        }
    }

    init(_ code: EnrolmentCode, _ error: DirectoryError) {
        switch error {
        case .tooLarge: self.init(code, "too many bytes")
        case .unreadable(let fault, let offset): self.init(code, "at byte \(offset): \(fault)")
        case .invalid(let path, let rule): self.init(code, "\(path) \(rule)")
        }
    }
}
