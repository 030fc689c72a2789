import CSodium

/// The private half of a member's rekey key, in guarded memory. It lies offline and is brought to
/// the node only to make tokens under a new pseudonym key, or to export a book.
public struct RekeyPrivateKey: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<rekey key>"

    /// The length in bytes.
    public static let count = 32

    /// The half that the node keeps.
    public let publicKey: RekeyPublicKey

    private let storage: SecretBytes

    /// The key that `bytes` spell.
    ///
    /// - Throws: `SealingError.key` when they are not 32; the fault of whoever stored them.
    public init(bytes: some Collection<UInt8>) throws(SealingError) {
        guard bytes.count == Self.count else { throw .key }
        self.init(
            SecretBytes { place in
                for (index, byte) in bytes.enumerated() { place[index] = byte }
            })
    }

    /// A new random key.
    public static func generate() -> RekeyPrivateKey {
        RekeyPrivateKey(SecretBytes { randombytes_buf($0, SecretBytes.count) })
    }

    private init(_ storage: SecretBytes) {
        self.storage = storage
        publicKey = RekeyPublicKey(of: storage)
    }

    /// The data key in a box of `DataKey.box(for:)`.
    ///
    /// - Throws: `SealingError.otherKey`: it was sealed to another key, or is damaged.
    public func open(_ box: [UInt8]) throws(SealingError) -> DataKey {
        guard box.count == DataKey.boxBytes else { throw .otherKey }
        var isOpen = false
        let content = SecretBytes { place in
            isOpen = storage.withPointer { key in
                crypto_box_seal_open(place, box, UInt64(box.count), publicKey.bytes, key) == 0
            }
        }
        guard isOpen else { throw .otherKey }
        return DataKey(content)
    }

    /// The 32 bytes, for the key's own file; the caller wipes them.
    var bytes: [UInt8] { storage.copy }
}
