/// The public half of a member's rekey key, X25519: data keys are sealed to it (protocol/rekey.md).
public struct RekeyPublicKey: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The key that `bytes` spell.
    ///
    /// - Throws: `SealingError.key`: not 32 bytes, or one of the few points that would let anyone
    ///   open what is sealed to it.
    public init(bytes: some Collection<UInt8>) throws(SealingError) {
        guard bytes.count == Self.count else { throw .key }
        self.bytes = Array(bytes)
        guard seal([0]) != nil else { throw .key }
    }

    /// The point of a private key, which is none of those.
    init(of privateKey: SecretBytes) {
        bytes = SealedBox.publicKey(of: privateKey)
    }

    /// A sealed box; nil for the points that `init` refuses.
    func seal(_ message: [UInt8]) -> [UInt8]? { SealedBox.seal(message, to: bytes) }
}
