/// A request whose signature verified: from here on every answer is signed, refusals too.
public struct VerifiedRequest: Hashable, Sendable {
    /// The request with its signature, which the answer is bound to.
    public let signed: SignedRequest
    /// Whose key signed it.
    public let keyID: SigningKeyID
    /// When it was signed, in seconds since 1970, by the sender's clock.
    public let created: Int
    /// Until when it counts, 1 to 300 s later.
    public let expires: Int
    /// What makes it one of its kind: with ``keyID`` the caller looks whether it was used before.
    public let nonce: SignatureNonce

    /// Until when the nonce must be remembered, in seconds since 1970.
    public var nonceKeptUntil: Int { expires + SignatureProfile.skewSeconds }

    /// Judges the times, and then the content.
    ///
    /// - Parameters:
    ///   - content: the digest of the content as it came, also when it was empty.
    ///   - now: in seconds since 1970.
    /// - Throws: `SignatureError.clockSkew`, `.expired` or `.digestMismatch`.
    public func check(content: ContentDigest, at now: Int) throws(SignatureError) {
        guard created <= now + SignatureProfile.skewSeconds else { throw .clockSkew }
        guard now <= expires + SignatureProfile.skewSeconds else { throw .expired }
        let expected: String? =
            switch signed.message.method {
            case .get: ContentDigest(of: [UInt8]()).text
            case .post: signed.message.value(of: .contentDigest)
            }
        guard content.text == expected else { throw .digestMismatch }
    }
}
