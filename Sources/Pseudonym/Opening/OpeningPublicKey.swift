/// The public half of a regulator's opening key of one month, X25519: what opens blind evaluations is
/// sealed to it (protocol/opening.md).
public struct OpeningPublicKey: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The key that `bytes` spell.
    ///
    /// - Throws: `SealingError.key`: not 32 bytes, or one of the few points that would let anyone
    ///   open what is sealed to it.
    public init(bytes: some Collection<UInt8>) throws(SealingError) {
        guard bytes.count == Self.count, SealedBox.seal([0], to: Array(bytes)) != nil else {
            throw .key
        }
        self.bytes = Array(bytes)
    }

    /// The point of a private key, which is none of those.
    init(of privateKey: SecretBytes) {
        bytes = SealedBox.publicKey(of: privateKey)
    }

    /// A sealed box of a message, 48 bytes longer than it.
    ///
    /// - Throws: `SealingError.key`, which a key that was made from bytes never brings about.
    public func seal(_ message: [UInt8]) throws(SealingError) -> [UInt8] {
        guard let box = SealedBox.seal(message, to: bytes) else { throw .key }
        return box
    }
}
