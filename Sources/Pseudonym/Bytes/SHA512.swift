import CSodium

/// The 64 bytes of a SHA-512 digest, in halves.
struct Digest512: Sendable {
    static let count = 64

    var low = Bytes32()
    var high = Bytes32()

    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        withUnsafePointer(to: self) {
            $0.withMemoryRebound(to: UInt8.self, capacity: Self.count, body)
        }
    }
}

/// SHA-512 over parts. A value: a copy made half-way continues on its own, so that a prefix which
/// many messages share is hashed once.
struct SHA512: Sendable {
    private var state = crypto_hash_sha512_state()

    init() {
        crypto_hash_sha512_init(&state)
    }

    mutating func update(_ bytes: [UInt8]) {
        crypto_hash_sha512_update(&state, bytes, UInt64(bytes.count))
    }

    mutating func update(_ bytes: Bytes32) {
        bytes.withPointer { _ = crypto_hash_sha512_update(&state, $0, UInt64(Bytes32.count)) }
    }

    mutating func update(_ digest: Digest512) {
        digest.withPointer { _ = crypto_hash_sha512_update(&state, $0, UInt64(Digest512.count)) }
    }

    mutating func update(byte: UInt8) {
        withUnsafePointer(to: byte) { _ = crypto_hash_sha512_update(&state, $0, 1) }
    }

    /// A number in two big-endian bytes, RFC 9497's `I2OSP(value, 2)`; at most 65535.
    mutating func update(twoBytes value: Int) {
        update(byte: UInt8(value >> 8))
        update(byte: UInt8(value & 0xFF))
    }

    /// Bytes behind their number in two bytes, as RFC 9497 writes every part of a transcript.
    mutating func update(lengthPrefixed bytes: [UInt8]) {
        update(twoBytes: bytes.count)
        update(bytes)
    }

    mutating func update(lengthPrefixed bytes: Bytes32) {
        update(twoBytes: Bytes32.count)
        update(bytes)
    }

    mutating func update(lengthPrefixed digest: Digest512) {
        update(twoBytes: Digest512.count)
        update(digest)
    }

    /// The digest; the value is spent.
    consuming func finish() -> Digest512 {
        var digest = Digest512()
        withUnsafeMutablePointer(to: &digest) {
            $0.withMemoryRebound(to: UInt8.self, capacity: Digest512.count) {
                _ = crypto_hash_sha512_final(&state, $0)
            }
        }
        return digest
    }
}
