/// Ed25519 public keys that bind nobody: under one of small order a signature verifies for texts that its
/// holder never signed, so that anybody could sign, and the holder deny; and one that is not reduced has
/// a second spelling, so that one holder could count twice towards a threshold.
///
/// Source: RFC 8032 §5.1.3; protocol/decisions/0034.
public enum WeakPoint {
    /// Length of a key in bytes.
    public static let keyBytes = 32

    /// Whether bytes are such a key, or no key of 32 bytes at all: the coordinate y (little-endian,
    /// without the sign in the highest bit) is not below 2^255 − 19, or is that of one of the eight
    /// points of small order.
    public static func isWeak(_ key: some Collection<UInt8>) -> Bool {
        guard key.count == keyBytes else { return true }
        var y = Array(key)
        y[keyBytes - 1] &= 0x7F
        let isReduced = y.reversed().lexicographicallyPrecedes(prime.reversed())
        return !isReduced || smallOrder.contains(y)
    }

    /// 2^255 − 19, little-endian.
    private static let prime: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]

    /// y of the points of order 1, 2, 4 (y = 1, −1, 0) and 8.
    private static let smallOrder: [[UInt8]] = [
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [UInt8](repeating: 0, count: 32),
        orderEight,
        // p − y, the mirror image: each byte of p less the one of y, with the borrow of the one before.
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
