/// A public key as the directory carries it: 32 raw bytes, Ed25519 (RFC 8032), X25519 (RFC 7748) or
/// a ristretto255 element (RFC 9496) according to its place. Whether it is a valid point is judged
/// by the code that uses it.
public struct PublicKeyBytes: Sendable, Hashable {
    /// Length in bytes.
    public static let count = 32
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A key, or nil unless `bytes` are 32 and not all zero. (All zero is no safe key of any of the
    /// three kinds: a point of low order or the identity.)
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.count, bytes.contains(where: { $0 != 0 }) else { return nil }
        self.bytes = bytes
    }

    /// A key from base64url without padding (43 characters), or nil.
    public init?(base64URL text: String) {
        guard let bytes = Base64.decodeURL(text) else { return nil }
        self.init(bytes)
    }

    /// The key in base64url without padding, 43 characters.
    public var base64URL: String { Base64.encodeURL(bytes) }
}

extension PublicKeyBytes: CustomStringConvertible {
    /// The key in base64url; it is public.
    public var description: String { base64URL }
}
