import CSodium

/// A key that follows from a passphrase: Argon2id (RFC 9106), slow and large on purpose, so that a
/// guess costs about a second and 256 MiB (protocol/store.md, "An enciphered backup").
struct PassphraseKey {
    /// The length of the salt in bytes.
    static let saltBytes = 16
    /// The length of the key in bytes.
    static let keyBytes = 32
    /// Passes over the memory.
    private static let passes: UInt64 = 3
    /// Memory of one derivation in bytes.
    private static let memoryBytes = 256 * 1024 * 1024

    /// The key; whoever takes it wipes it.
    ///
    /// - Parameter salt: `saltBytes` bytes.
    /// - Throws: `SealingError.key` when the machine has not the memory for it.
    static func bytes(
        of passphrase: [UInt8], salt: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        Sodium.prepare()
        var key = [UInt8](repeating: 0, count: keyBytes)
        var text = passphrase.map(CChar.init(bitPattern:))
        defer { sodium_memzero(&text, text.count) }
        let status = crypto_pwhash(
            &key, UInt64(keyBytes), text, UInt64(text.count), salt, passes, memoryBytes,
            crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw .key }
        return key
    }
}
