import Crypto

/// A hash of the log's tree: 32 bytes of SHA-256, in four machine words, so that a million of them
/// cost no heap.
///
/// Source: RFC 6962 §2.1; protocol/log.md, "Tree".
public struct MerkleHash: Hashable, Sendable {
    /// Length in bytes.
    public static let count = 32

    // In memory order: a pointer to the value is a pointer to the bytes.
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    /// The root of the empty tree: SHA-256 of nothing.
    public static let empty = MerkleHash(SHA256().finalize())

    /// A hash received; nil unless it has exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        (word0, word1, word2, word3) = words
    }

    /// The hash of an entry: SHA-256(0x00 ‖ entry).
    public static func leaf(_ entry: [UInt8]) -> MerkleHash {
        var hasher = SHA256()
        withUnsafeBytes(of: leafPrefix) { hasher.update(bufferPointer: $0) }
        entry.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return MerkleHash(hasher.finalize())
    }

    /// The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * count, alignment: 1) { input in
            input[0] = nodePrefix
            withUnsafeBytes(of: left) { input.copy($0, to: 1) }
            withUnsafeBytes(of: right) { input.copy($0, to: 1 + count) }
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(input))
            return MerkleHash(hasher.finalize())
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    private static let leafPrefix: UInt8 = 0x00
    private static let nodePrefix: UInt8 = 0x01

    private init(_ digest: SHA256.Digest) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        digest.withUnsafeBytes { source in
            withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: source) }
        }
        (word0, word1, word2, word3) = words
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func copy(_ bytes: UnsafeRawBufferPointer, to offset: Int) {
        UnsafeMutableRawBufferPointer(rebasing: self[offset..<offset + bytes.count])
            .copyMemory(from: bytes)
    }
}

extension MerkleHash: LosslessStringConvertible {
    /// A hash from its base64, or nil for any other spelling.
    public init?(_ text: String) {
        guard let bytes = CanonicalBase64.decode(Array(text.utf8)) else { return nil }
        self.init(bytes: bytes)
    }

    /// The hash in base64, as checkpoints and proofs write it.
    public var description: String { CanonicalBase64.encode(bytes) }
}
