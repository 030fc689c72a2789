/// An answer with its signature.
public struct SignedAnswer: Hashable, Sendable {
    /// The answer with all its fields, the signature's too.
    public let message: AnswerMessage
    /// What was signed.
    public let base: SignatureBase
    /// The signature, 64 bytes.
    public let signature: [UInt8]
}
