/// A request with its signature: what its sender keeps, and what its answer is bound to.
public struct SignedRequest: Hashable, Sendable {
    /// The request with all its fields, the signature's too.
    public let message: RequestMessage
    /// What was signed.
    public let base: SignatureBase
    /// The signature, 64 bytes.
    public let signature: [UInt8]

    init(message: RequestMessage, base: SignatureBase, signature: [UInt8]) {
        self.message = message
        self.base = base
        self.signature = signature
    }
}
