import Crypto

/// The signature of a request as it came, before anything of it is believed. ``keyID`` tells whose key
/// to ask the directory for; a key that is not there, or not of a member that the connection's node
/// serves, is `SignatureError.invalid` too.
public struct RequestSignature: Sendable {
    /// The id of the key that it claims to be made with.
    public var keyID: SigningKeyID { labelled.parameters.keyID }

    private let labelled: LabelledSignature
    private let once: SignatureParameters.Once
    private let signed: SignedRequest

    /// Reads the signature of a request.
    ///
    /// - Throws: `SignatureError.missing` or `.invalid`.
    public init(of request: RequestMessage) throws(SignatureError) {
        let labelled = try LabelledSignature(in: request.fields)
        guard let once = labelled.parameters.once else { throw .invalid }
        let profile = CoveredComponent.all(of: request.method)
        let base = try labelled.base(covering: profile, value: request.value)
        self.labelled = labelled
        self.once = once
        signed = SignedRequest(message: request, base: base, signature: labelled.signature)
    }

    /// The request, when the key's holder signed it.
    ///
    /// - Throws: `SignatureError.invalid`.
    public func verified(
        by key: Curve25519.Signing.PublicKey
    ) throws(SignatureError) -> VerifiedRequest {
        guard key.isValidSignature(signed.signature, for: signed.base.bytes) else {
            throw .invalid
        }
        return VerifiedRequest(
            signed: signed, keyID: keyID, created: labelled.parameters.created,
            expires: once.expires, nonce: once.nonce)
    }

    /// The same, by a key's 32 bytes as a directory lists them.
    ///
    /// - Throws: `SignatureError.invalid`, also when the bytes are no key.
    public func verified(by publicKey: [UInt8]) throws(SignatureError) -> VerifiedRequest {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            throw .invalid
        }
        return try verified(by: key)
    }
}
