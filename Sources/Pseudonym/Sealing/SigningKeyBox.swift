import CSodium

/// A key of 32 bytes, sealed to the holder of an Ed25519 signing key: libsodium's sealed box to that
/// key's X25519 form (`crypto_sign_ed25519_pk_to_curve25519`), as OpenSSH keys are used by age.
enum SigningKeyBox {
    /// The length of a box.
    static let count = SecretBytes.count + SealedBox.overheadBytes

    /// Seals a key.
    ///
    /// - Throws: `SealingError.key` for a public key that is no point of the curve's large group.
    static func seal(
        _ key: [UInt8], toSigningKey publicKey: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        guard publicKey.count == Int(crypto_sign_ed25519_PUBLICKEYBYTES) else { throw .key }
        var point = [UInt8](repeating: 0, count: SecretBytes.count)
        guard crypto_sign_ed25519_pk_to_curve25519(&point, publicKey) == 0,
            let box = SealedBox.seal(key, to: point)
        else { throw .key }
        return box
    }

    /// The key in a box; nil when it was sealed to another signing key than that of `seed`. The caller
    /// wipes it.
    static func open(_ box: [UInt8], with seed: [UInt8]) -> [UInt8]? {
        guard seed.count == Int(crypto_sign_ed25519_SEEDBYTES) else { return nil }
        Sodium.prepare()
        var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_PUBLICKEYBYTES))
        var privateKey = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_SECRETKEYBYTES))
        defer { Sodium.wipe(&privateKey) }
        crypto_sign_ed25519_seed_keypair(&publicKey, &privateKey, seed)
        let scalar = SecretBytes { crypto_sign_ed25519_sk_to_curve25519($0, privateKey) }
        return SealedBox.open(box, by: scalar, publicKey: SealedBox.publicKey(of: scalar))
    }
}
