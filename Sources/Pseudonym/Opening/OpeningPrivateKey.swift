import CSodium

/// The private half of a regulator's opening key of one month, in guarded memory. No node ever holds
/// it.
public struct OpeningPrivateKey: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<opening key>"

    /// The length in bytes.
    public static let count = 32

    /// The half that the directory lists.
    public let publicKey: OpeningPublicKey

    private let storage: SecretBytes

    /// A new random key.
    public static func generate() -> OpeningPrivateKey {
        OpeningPrivateKey(SecretBytes { randombytes_buf($0, SecretBytes.count) })
    }

    private init(_ storage: SecretBytes) {
        self.storage = storage
        publicKey = OpeningPublicKey(of: storage)
    }

    /// The message in a box; nil when the box is garbage, or was sealed to another key. The caller
    /// lets go of it as soon as it can: it names a subject.
    public func open(_ box: [UInt8]) -> [UInt8]? {
        SealedBox.open(box, by: storage, publicKey: publicKey.bytes)
    }
}

extension OpeningPrivateKey {
    /// Writes a new key into a new file of mode 0600 that holds its 32 bytes.
    ///
    /// - Throws: `KeyFileError`; no file was made then.
    public static func create(at path: String) throws(KeyFileError) -> OpeningPublicKey {
        let key = generate()
        var bytes = key.storage.copy
        defer { Sodium.wipe(&bytes) }
        try SecretFile.create(at: path, bytes: bytes)
        return key.publicKey
    }

    /// Reads a key's file.
    ///
    /// - Throws: `KeyFileError`, also when someone else could have read the file.
    public static func load(_ path: String) throws(KeyFileError) -> OpeningPrivateKey {
        var bytes = try SecretFile.read(path, bytesMax: count)
        defer { Sodium.wipe(&bytes) }
        guard bytes.count == count else { throw .format }
        return OpeningPrivateKey(
            SecretBytes { place in
                for (index, byte) in bytes.enumerated() { place[index] = byte }
            })
    }
}
