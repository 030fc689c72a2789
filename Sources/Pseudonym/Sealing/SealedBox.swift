import CSodium

/// libsodium's sealed box (`crypto_box_seal`): 32 bytes of a key made for it and forgotten, 16 of a
/// tag, and the message enciphered. Whoever made it cannot open it.
enum SealedBox {
    /// How much longer a box is than its message.
    static let overheadBytes = 48

    /// A message sealed to an X25519 key; nil for the few points that would let anyone open it.
    static func seal(_ message: [UInt8], to publicKey: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        var box = [UInt8](repeating: 0, count: overheadBytes + message.count)
        return crypto_box_seal(&box, message, UInt64(message.count), publicKey) == 0 ? box : nil
    }

    /// The public half of a private key.
    static func publicKey(of privateKey: SecretBytes) -> [UInt8] {
        var point = [UInt8](repeating: 0, count: SecretBytes.count)
        privateKey.withPointer { _ = crypto_scalarmult_base(&point, $0) }
        return point
    }

    /// The message in a box; nil when it was sealed to another key, or is none. The caller wipes it.
    static func open(
        _ box: [UInt8], by privateKey: SecretBytes, publicKey: [UInt8]
    ) -> [UInt8]? {
        guard box.count >= overheadBytes else { return nil }
        var message = [UInt8](repeating: 0, count: box.count - overheadBytes)
        let isOpen = privateKey.withPointer { key in
            crypto_box_seal_open(&message, box, UInt64(box.count), publicKey, key) == 0
        }
        return isOpen ? message : nil
    }
}
