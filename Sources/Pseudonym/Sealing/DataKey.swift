import CSodium

/// The key under which one write into a book seals the identifiers and account numbers that it
/// brings, for later; itself sealed to the member's rekey key and then forgotten: overwritten when
/// its last owner lets go (protocol/rekey.md).
public struct DataKey: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<data key>"

    /// The length of a box in bytes: 32 of a key made for it, 16 of a tag, 32 of the data key.
    public static let boxBytes = 80

    /// The length of a nonce in bytes.
    static let nonceBytes = 24

    /// The length of a tag in bytes.
    static let tagBytes = 16

    private let storage: SecretBytes

    init(_ storage: SecretBytes) {
        self.storage = storage
    }

    /// A new random key.
    public static func random() -> DataKey {
        DataKey(SecretBytes { randombytes_buf($0, SecretBytes.count) })
    }

    /// This key in a libsodium sealed box that only the private half of `key` opens; `boxBytes`
    /// bytes.
    ///
    /// - Throws: `SealingError.key`, which a key that was made from bytes never brings about.
    public func box(for key: RekeyPublicKey) throws(SealingError) -> [UInt8] {
        var content = storage.copy
        defer { Sodium.wipe(&content) }
        guard let box = key.seal(content) else { throw .key }
        return box
    }

    /// Seals a subject's identifier and names: nonce, cipher text, tag (XChaCha20-Poly1305).
    ///
    /// - Parameter reference: the subject's reference of 16 bytes; what is sealed opens for it only.
    public func seal(_ subject: SealableSubject, for reference: [UInt8]) -> [UInt8] {
        seal(subject.payload, kind: .subject, reference: reference, nonce: Self.randomNonce())
    }

    /// Seals an account's number.
    ///
    /// - Parameter reference: the account's reference of 16 bytes.
    public func seal(_ number: SealableAccountNumber, for reference: [UInt8]) -> [UInt8] {
        seal(number.payload, kind: .account, reference: reference, nonce: Self.randomNonce())
    }

    /// Opens what `seal` made of a subject.
    ///
    /// - Throws: `SealingError.forged`, `.form`.
    public func openSubject(
        _ sealed: [UInt8], for reference: [UInt8]
    ) throws(SealingError) -> SealableSubject {
        try SealableSubject(payload: open(sealed, kind: .subject, reference: reference))
    }

    /// Opens what `seal` made of an account's number.
    ///
    /// - Throws: `SealingError.forged`, `.form`.
    public func openAccountNumber(
        _ sealed: [UInt8], for reference: [UInt8]
    ) throws(SealingError) -> SealableAccountNumber {
        try SealableAccountNumber(payload: open(sealed, kind: .account, reference: reference))
    }

    /// The same with the nonce given, so that vectors can be run. A nonce used twice gives away
    /// what two messages differ in.
    func seal(
        _ payload: SealedPayload, kind: SealedPayload.Kind, reference: [UInt8], nonce: [UInt8]
    ) -> [UInt8] {
        var clear = payload.bytes
        defer { Sodium.wipe(&clear) }
        let bound = kind.associatedData(reference)
        var cipher = [UInt8](repeating: 0, count: clear.count + Self.tagBytes)
        storage.withPointer { key in
            _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                &cipher, nil, clear, UInt64(clear.count), bound, UInt64(bound.count), nil, nonce,
                key)
        }
        return nonce + cipher
    }

    private func open(
        _ sealed: [UInt8], kind: SealedPayload.Kind, reference: [UInt8]
    ) throws(SealingError) -> SealedPayload {
        let lengths = Self.nonceBytes + Self.tagBytes
        guard sealed.count > lengths, sealed.count - lengths <= SealedPayload.bytesMax else {
            throw .forged
        }
        let nonce = Array(sealed.prefix(Self.nonceBytes))
        let cipher = Array(sealed.dropFirst(Self.nonceBytes))
        let bound = kind.associatedData(reference)
        var clear = [UInt8](repeating: 0, count: cipher.count - Self.tagBytes)
        let isOpen = storage.withPointer { key in
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                &clear, nil, nil, cipher, UInt64(cipher.count), bound, UInt64(bound.count), nonce,
                key) == 0
        }
        defer { Sodium.wipe(&clear) }
        guard isOpen else { throw .forged }
        return try SealedPayload(bytes: clear)
    }

    private static func randomNonce() -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: nonceBytes)
        randombytes_buf(&nonce, nonceBytes)
        return nonce
    }
}
