import CSodium

/// Enciphers a stream of any length under a passphrase, part by part: libsodium's secretstream
/// (XChaCha20-Poly1305), whose parts cannot be left out, exchanged or cut off without being found out
/// (protocol/store.md, "An enciphered backup").
public final class StreamSealer {
    /// Bytes of a part before it is enciphered; only the last may have fewer.
    public static let partBytes = 64 * 1024
    /// The first bytes of every stream.
    static let mark = Array("creditmesh-sealed-1\n".utf8)
    /// By how much a part grows.
    static let overheadBytes = 17
    /// The length of what libsodium puts before the parts.
    static let headerBytes = 24

    /// What stands before the parts: mark, salt, header.
    public let head: [UInt8]
    private var state = crypto_secretstream_xchacha20poly1305_state()

    /// Begins a stream with a salt of its own.
    ///
    /// - Throws: `SealingError.key` when the machine has not the memory for a key.
    public convenience init(passphrase: [UInt8]) throws(SealingError) {
        Sodium.prepare()
        var salt = [UInt8](repeating: 0, count: PassphraseKey.saltBytes)
        randombytes_buf(&salt, salt.count)
        var key = try PassphraseKey.bytes(of: passphrase, salt: salt)
        defer { Sodium.wipe(&key) }
        self.init(key: key, after: Self.mark + salt)
    }

    /// Begins a stream under a new key, for whoever holds the private half of an Ed25519 signing key.
    ///
    /// - Parameters:
    ///   - mark: the first bytes of the stream.
    ///   - publicKey: the signing key's public half, 32 bytes.
    /// - Throws: `SealingError.key` for a key to which nothing can be sealed.
    public convenience init(
        mark: [UInt8], toSigningKey publicKey: [UInt8]
    ) throws(SealingError) {
        Sodium.prepare()
        var key = [UInt8](repeating: 0, count: SecretBytes.count)
        randombytes_buf(&key, key.count)
        defer { Sodium.wipe(&key) }
        self.init(
            key: key, after: mark + (try SigningKeyBox.seal(key, toSigningKey: publicKey)))
    }

    private init(key: [UInt8], after start: [UInt8]) {
        var header = [UInt8](repeating: 0, count: Self.headerBytes)
        crypto_secretstream_xchacha20poly1305_init_push(&state, &header, key)
        head = start + header
    }

    /// Enciphers the next part.
    ///
    /// - Parameters:
    ///   - part: at most `partBytes`.
    ///   - isLast: whether the stream ends with it.
    public func seal(_ part: [UInt8], isLast: Bool) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: part.count + Self.overheadBytes)
        let tag = isLast ? Self.lastTag : 0
        crypto_secretstream_xchacha20poly1305_push(
            &state, &sealed, nil, part, UInt64(part.count), nil, 0, tag)
        return sealed
    }

    /// `crypto_secretstream_xchacha20poly1305_TAG_FINAL`, which Swift does not see.
    static let lastTag: UInt8 = 3

    deinit { sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
}
