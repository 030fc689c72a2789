/// The constants of RFC 9497's suite ristretto255-SHA512 (§4.1) in verifiable mode (§3.1), and its
/// hashes.
enum VOPRFSuite {
    /// `"OPRFV1-" ‖ I2OSP(0x01, 1) ‖ "-" ‖ "ristretto255-SHA512"`.
    static let context = Array("OPRFV1-\u{01}-ristretto255-SHA512".utf8)

    private static let hashToGroup = MessageExpander(domain: Array("HashToGroup-".utf8) + context)
    private static let hashToScalar = MessageExpander(domain: Array("HashToScalar-".utf8) + context)
    private static let deriveKeyPair =
        MessageExpander(domain: Array("DeriveKeyPair".utf8) + context)

    /// Starts a transcript that ends as a scalar.
    static var scalarTranscript: MessageExpander { hashToScalar }

    /// Starts a transcript that ends as a secret key.
    static var keyTranscript: MessageExpander { deriveKeyPair }

    /// The point of `input`. It could be the identity only with a chance of 2^-252 and for an input
    /// that nobody can find; the peer would refuse it (RFC 9497 §3.3.1, `InvalidInputError`).
    static func point(of input: [UInt8]) -> RistrettoPoint {
        var expander = hashToGroup
        expander.hash.update(input)
        return RistrettoPoint(mapping: expander.finish())
    }

    /// The last step for asker and key holder alike: RFC 9497 §3.3.1, `Finalize`.
    static func output(input: [UInt8], evaluated: RistrettoPoint) -> Digest512 {
        var hash = SHA512()
        hash.update(lengthPrefixed: input)
        hash.update(lengthPrefixed: evaluated.encoding)
        hash.update(finalizeLabel)
        return hash.finish()
    }

    private static let finalizeLabel = Array("Finalize".utf8)
}
