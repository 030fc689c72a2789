/// A subject and the factor under which it was hidden, as a regulator finds them in a box: by them it
/// makes the element anew, and of its answer the token (protocol/opening.md).
public struct OpenedBlinding: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<opened blinding>"

    /// The element that the asker must have sent.
    public let element: BlindedElement

    private let input: SubjectInput
    private let blind: Scalar

    /// A subject under a factor.
    ///
    /// - Parameters:
    ///   - consortium: as `SubjectInput.init(consortium:identifier:)` wants it.
    ///   - scheme: the scheme's name.
    ///   - normalForm: the identifier in normal form; that it keeps its scheme's rules is not
    ///     judged.
    ///   - blind: 32 bytes.
    /// - Returns: nil when the texts are none of a scheme and an identifier, or the factor is zero or
    ///   not canonical: nobody could have sent such an element.
    public init?(consortium: String, scheme: String, normalForm: String, blind: [UInt8]) {
        guard let scheme = SchemeName(rawValue: scheme),
            (1...Identifier.bytesMax).contains(normalForm.utf8.count),
            !normalForm.utf8.contains(0),
            let bytes = Bytes32(blind), let scalar = Scalar(canonical: bytes), !scalar.isZero
        else { return nil }
        input = SubjectInput(
            consortium: consortium,
            identifier: Identifier(scheme: scheme, normalForm: normalForm))
        self.blind = scalar
        element = BlindedElement(input.point.times(scalar))
    }

    /// What the answering node calls the subject, by its answer for this element. The proof of the
    /// answer is not looked at: the asker did.
    public func token(evaluated: EvaluatedElement) -> Token {
        let unblinded = evaluated.point.times(blind.inverse)
        return PseudonymOutput(VOPRFSuite.output(input: input.bytes, evaluated: unblinded)).token
    }
}
