import CSodium

/// Deciphers what ``StreamSealer`` made, part by part.
public final class StreamOpener {
    /// The length of what stands before the parts.
    public static let headBytes =
        StreamSealer.mark.count + PassphraseKey.saltBytes + StreamSealer.headerBytes
    /// The length of an enciphered part; only the last may have fewer bytes.
    public static let sealedPartBytes = StreamSealer.partBytes + StreamSealer.overheadBytes

    private var state = crypto_secretstream_xchacha20poly1305_state()

    /// Begins to read a stream.
    ///
    /// - Throws: `SealingError.form` for what is no such stream, `.key` when the machine has not the
    ///   memory for a key. A wrong passphrase shows at the first part.
    public convenience init(head: [UInt8], passphrase: [UInt8]) throws(SealingError) {
        guard head.count == Self.headBytes, head.starts(with: StreamSealer.mark) else {
            throw .form
        }
        let rest = head.dropFirst(StreamSealer.mark.count)
        var key = try PassphraseKey.bytes(
            of: passphrase, salt: Array(rest.prefix(PassphraseKey.saltBytes)))
        defer { Sodium.wipe(&key) }
        try self.init(header: Array(rest.dropFirst(PassphraseKey.saltBytes)), key: key)
    }

    /// The length of what stands before the parts of a stream for a signing key's holder, without its
    /// mark.
    public static let signingKeyHeadBytes = SigningKeyBox.count + StreamSealer.headerBytes

    /// Begins to read a stream that was sealed to one of these Ed25519 signing keys.
    ///
    /// - Parameters:
    ///   - head: what stands behind the mark.
    ///   - seeds: the private halves, 32 bytes each.
    /// - Throws: `SealingError.otherKey` when none of them opens it.
    public convenience init(head: [UInt8], signingKeys seeds: [[UInt8]]) throws(SealingError) {
        guard head.count == Self.signingKeyHeadBytes else { throw .form }
        let box = Array(head.prefix(SigningKeyBox.count))
        let found = seeds.lazy.compactMap { SigningKeyBox.open(box, with: $0) }.first
        guard var key = found else { throw .otherKey }
        defer { Sodium.wipe(&key) }
        try self.init(header: Array(head.dropFirst(SigningKeyBox.count)), key: key)
    }

    private init(header: [UInt8], key: [UInt8]) throws(SealingError) {
        guard crypto_secretstream_xchacha20poly1305_init_pull(&state, header, key) == 0 else {
            throw .form
        }
    }

    /// Deciphers the next part, and says whether it is the last.
    ///
    /// - Throws: `SealingError.forged` under another passphrase, and for a part that was changed or
    ///   does not come next.
    public func open(
        _ sealed: [UInt8]
    ) throws(SealingError) -> (part: [UInt8], isLast: Bool) {
        guard sealed.count >= StreamSealer.overheadBytes else { throw .forged }
        var part = [UInt8](repeating: 0, count: sealed.count - StreamSealer.overheadBytes)
        var tag: UInt8 = 0
        let status = crypto_secretstream_xchacha20poly1305_pull(
            &state, &part, nil, &tag, sealed, UInt64(sealed.count), nil, 0)
        guard status == 0 else { throw .forged }
        return (part, tag == StreamSealer.lastTag)
    }

    deinit { sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
}
