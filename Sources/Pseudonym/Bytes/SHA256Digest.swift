import CSodium

/// A SHA-256 digest, 32 bytes: the name and the proof of a filter's body.
public struct SHA256Digest: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 32

    private let content: Bytes32

    /// The digest of `bytes`.
    public init(hashing bytes: [UInt8]) {
        content = Bytes32 { _ = crypto_hash_sha256($0, bytes, UInt64(bytes.count)) }
    }

    /// A digest received; nil unless it has exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let content = Bytes32(bytes) else { return nil }
        self.content = content
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { content.array }

    /// 64 lower-case hexadecimal digits, as in `/v1/filters/<hex SHA-256>`.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
