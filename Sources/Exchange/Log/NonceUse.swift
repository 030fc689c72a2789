import HTTPSignatures

/// That a request's nonce is used up: no other request with this pair is taken.
public struct NonceUse: Hashable, Sendable {
    /// The key that signed the request.
    public let keyID: SigningKeyID
    /// The request's nonce.
    public let nonce: SignatureNonce
    /// Until when it is remembered: the end of the signature's life and the skew after it.
    public let keepUntil: Timestamp

    /// A use.
    public init(keyID: SigningKeyID, nonce: SignatureNonce, keepUntil: Timestamp) {
        self.keyID = keyID
        self.nonce = nonce
        self.keepUntil = keepUntil
    }

    /// The use that a verified request makes of its nonce.
    public init(of request: VerifiedRequest) {
        let seconds = Int64(request.nonceKeptUntil)
        self.init(
            keyID: request.keyID, nonce: request.nonce,
            keepUntil: Timestamp(secondsSinceEpoch: seconds))
    }
}
