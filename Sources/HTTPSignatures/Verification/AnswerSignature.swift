import Crypto

/// The signature of an answer as it came, before anything of it is believed. A key that the directory
/// does not list for the node that was asked is `SignatureError.invalid` too.
public struct AnswerSignature: Sendable {
    /// The id of the key that it claims to be made with.
    public var keyID: SigningKeyID { labelled.parameters.keyID }

    private let labelled: LabelledSignature
    private let base: SignatureBase
    private let message: AnswerMessage

    /// Reads the signature of an answer to a request.
    ///
    /// - Parameters:
    ///   - answer: the answer as it came.
    ///   - request: what was asked.
    /// - Throws: `SignatureError.missing` or `.invalid`.
    public init(
        of answer: AnswerMessage, to request: SignedRequest
    ) throws(SignatureError) {
        let labelled = try LabelledSignature(in: answer.fields)
        guard labelled.parameters.once == nil else { throw .invalid }
        let profile = CoveredComponent.all(ofAnswerTo: request.message.method)
        base = try labelled.base(covering: profile) { answer.value(of: $0, to: request) }
        self.labelled = labelled
        message = answer
    }

    /// The answer, when the key's holder signed it for this request and with this content.
    ///
    /// - Throws: `SignatureError.invalid` or `.digestMismatch`.
    public func verified(
        by key: Curve25519.Signing.PublicKey, content: ContentDigest
    ) throws(SignatureError) -> VerifiedAnswer {
        guard key.isValidSignature(labelled.signature, for: base.bytes) else { throw .invalid }
        guard message.fields.only([HeaderField].contentDigest) == content.text else {
            throw .digestMismatch
        }
        let signed = SignedAnswer(
            message: message, base: base, signature: labelled.signature)
        return VerifiedAnswer(
            signed: signed, keyID: keyID, created: labelled.parameters.created)
    }
}

extension AnswerSignature {
    /// The same, by a key's 32 bytes as a directory lists them.
    ///
    /// - Throws: `SignatureError.invalid`, also when the bytes are no key, or `.digestMismatch`.
    public func verified(
        by publicKey: [UInt8], content: ContentDigest
    ) throws(SignatureError) -> VerifiedAnswer {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            throw .invalid
        }
        return try verified(by: key, content: content)
    }
}

/// An answer whose signature verified.
public struct VerifiedAnswer: Hashable, Sendable {
    /// The answer with its signature.
    public let signed: SignedAnswer
    /// Which of the node's keys signed it.
    public let keyID: SigningKeyID
    /// The server's time, in seconds since 1970. It is not judged here: who has the wrong time learns
    /// it from this.
    public let created: Int
}
