/// Why a signed message is refused. Each case is one code of the protocol; the fault is that of whoever
/// sent the message.
///
/// Source: protocol/signatures.md, "How a request is judged".
public enum SignatureError: String, Error, Hashable, Sendable {
    /// There is no `sig1`.
    case missing = "signature-missing"
    /// `sig1` is not what the profile asks for, its key is unknown, or it does not verify.
    case invalid = "signature-invalid"
    /// It was made later than it is now; again after setting the clock.
    case clockSkew = "clock-skew"
    /// It has expired; again with a new one.
    case expired = "signature-expired"
    /// The content is not the one that was signed.
    case digestMismatch = "digest-mismatch"
}
