import CSodium

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
        var point = [UInt8](repeating: 0, count: Self.count)
        privateKey.withPointer { _ = crypto_scalarmult_base(&point, $0) }
        bytes = point
    }

    /// libsodium's sealed box (`crypto_box_seal`): 32 bytes of a key made for it, 16 of a tag, and
    /// the message enciphered. Nil for the points that `init` refuses.
    func seal(_ message: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        var box = [UInt8](repeating: 0, count: Int(crypto_box_sealbytes()) + message.count)
        return crypto_box_seal(&box, message, UInt64(message.count), bytes) == 0 ? box : nil
    }
}
