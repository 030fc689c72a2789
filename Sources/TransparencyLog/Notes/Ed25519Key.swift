import Crypto

/// An Ed25519 public key that binds its holder: 32 bytes, a reduced coordinate and a point that is not
/// of small order. Under a weak key one signature verifies for many texts, so that anybody could
/// sign, and the holder deny.
///
/// Source: RFC 8032 §5.1.3; protocol/log.md, "Notes and keys".
public struct Ed25519Key: Hashable, Sendable {
    /// Length in bytes.
    public static let count = 32
    /// Length of a signature in bytes.
    public static let signatureBytes = 64

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A key, or nil for a wrong length or a weak key.
    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.count, !Self.isWeak(bytes),
            (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
        else { return nil }
        self.bytes = bytes
    }

    /// Whether the key's holder signed `message`.
    func verifies(_ signature: some Collection<UInt8>, of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(Array(signature), for: message)
    }

    /// Whether the coordinate y (little-endian, without the sign in the highest bit) is not below
    /// 2^255 − 19, or is that of one of the eight points of small order.
    private static func isWeak(_ bytes: [UInt8]) -> Bool {
        var y = bytes
        y[count - 1] &= 0x7F
        let isReduced = y.reversed().lexicographicallyPrecedes(prime.reversed())
        return !isReduced || smallOrder.contains(y)
    }

    private static let prime: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]

    /// y of the points of order 1, 2, 4 (y = 1, −1, 0) and 8.
    private static let smallOrder: [[UInt8]] = [
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [UInt8](repeating: 0, count: 32),
        orderEight,
        // p − y, the mirror image.
        zip(prime, orderEight).reduce(into: (bytes: [UInt8](), borrow: 0)) { state, pair in
            let difference = Int(pair.0) - Int(pair.1) - state.borrow
            state.borrow = difference < 0 ? 1 : 0
            state.bytes.append(UInt8(truncatingIfNeeded: difference))
        }.bytes,
    ]

    private static let orderEight: [UInt8] = [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98,
        0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53,
        0xFC, 0x05,
    ]
}
