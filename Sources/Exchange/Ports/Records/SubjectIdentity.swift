/// Whom a row is about, by what can be made without a token.
public struct SubjectIdentity: Sendable, Hashable {
    /// How many bytes a digest of a name has.
    public static let nameDigestCount = 8

    /// The borrower.
    public let reference: SubjectReference
    /// Keyed digest, 8 bytes, of the name in normal form, so that a name that is known costs no
    /// token; nil when the row states no name.
    public let nameDigest: [UInt8]?

    /// Makes an identity.
    public init(reference: SubjectReference, nameDigest: [UInt8]?) {
        self.reference = reference
        self.nameDigest = nameDigest
    }
}
