import CSodium

/// Sixteen bytes that tell whether two lenders mean a person of the same name, without the name:
/// the first half of an HMAC-SHA-256 over the name under a key that the identifier determines
/// (protocol.md §3).
public struct NameCheck: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<name check>"

    /// The length in bytes.
    public static let count = 16

    private let content: SIMD2<UInt64>

    init(name: SubjectName, key: Bytes32) {
        let message = name.bytes
        let code = Bytes32 { code in
            key.withPointer {
                _ = crypto_auth_hmacsha256(code, message, UInt64(message.count), $0)
            }
        }
        content = Self.load(code.array.prefix(Self.count))
    }

    /// A check received or stored; nil unless it has exactly 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        content = Self.load(bytes)
    }

    /// The 16 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: content) { Array($0) } }

    private static func load(_ bytes: some Collection<UInt8>) -> SIMD2<UInt64> {
        var content = SIMD2<UInt64>()
        withUnsafeMutableBytes(of: &content) { $0.copyBytes(from: bytes) }
        return content
    }
}
