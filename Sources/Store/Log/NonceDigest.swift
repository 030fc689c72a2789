import Exchange
import TransparencyLog

/// Stands for a key's id and a nonce in the file and in memory: the first 16 bytes of a hash over both,
/// so that two uses are equal only if they are the same use.
struct NonceDigest: Hashable, Sendable {
    /// Length in bytes.
    static let count = 16

    private let high: UInt64
    private let low: UInt64

    /// The digest of a use.
    init(_ use: NonceUse) {
        let bytes = Array(use.keyID.text.utf8) + [0] + use.nonce.bytes
        self.init(words: MerkleHash.leaf(bytes).bytes)
    }

    /// A digest from the file; nil for another length.
    init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.init(words: bytes)
    }

    /// Its bytes.
    var bytes: [UInt8] {
        [high, low].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }

    /// Requires at least 16 bytes.
    private init(words bytes: [UInt8]) {
        high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
