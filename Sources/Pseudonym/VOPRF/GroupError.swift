/// Why bytes are not a value of ristretto255; always the fault of whoever sent or stored them, and
/// sending them again changes nothing.
public enum GroupError: Error, Equatable, Sendable {
    /// Not as many bytes as the encoding has.
    case length(expected: Int)
    /// Not the canonical encoding of any point.
    case encoding
    /// The identity, which would make every product the same.
    case identity
    /// A scalar that is not below the group's order, or a secret key of zero.
    case scalar
    /// No key comes from this seed and info (RFC 9497 §3.2.1, `DeriveKeyPairError`).
    case derivation
}
