/// Ed25519 public keys that bind nobody: under one of small order a signature verifies for texts that
/// its holder never signed, and one that is not reduced has a second spelling, so that one holder
/// could count twice towards a threshold.
///
/// Source: RFC 8032 §5.1.3; protocol/decisions/0034.
enum WeakPoint {
    /// Whether 32 bytes are such a key.
    static func isWeak(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 32 else { return true }
        var y = bytes
        y[31] &= 0x7F
        let isReduced = y.reversed().lexicographicallyPrecedes(prime.reversed())
        return !isReduced || smallOrder.contains(y)
    }

    /// 2^255 − 19, little-endian.
    private static let prime: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]

    /// y of the points of order 1, 2, 4 and 8.
    private static let smallOrder: Set<[UInt8]> = Set(
        [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ].compactMap(Hexadecimal.bytes))
}
