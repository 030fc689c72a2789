import CSodium

/// A number modulo the order of ristretto255, canonical: 32 bytes, little-endian, below the order.
///
/// Whoever holds a secret one wipes it after use.
struct Scalar: Sendable, Equatable {
    private(set) var bytes: Bytes32

    private init(unchecked bytes: Bytes32) {
        self.bytes = bytes
    }

    /// The scalar that `bytes` spell; nil when they are not below the group's order.
    init?(canonical bytes: Bytes32) {
        let reduced = Scalar(reducing: Digest512(low: bytes, high: Bytes32()))
        guard reduced.bytes == bytes else { return nil }
        self = reduced
    }

    /// 64 uniform bytes modulo the order: RFC 9497 §4.1, `HashToScalar`.
    init(reducing digest: Digest512) {
        bytes = Bytes32 { result in
            digest.withPointer { crypto_core_ristretto255_scalar_reduce(result, $0) }
        }
    }

    /// A scalar that is not zero and that nobody can predict.
    static func random() -> Scalar {
        Sodium.prepare()
        return Scalar(unchecked: Bytes32 { crypto_core_ristretto255_scalar_random($0) })
    }

    var isZero: Bool { bytes.isZero }

    /// The scalar that gives one when multiplied by this one, which is not zero.
    var inverse: Scalar {
        Scalar(
            unchecked: Bytes32 { result in
                bytes.withPointer { _ = crypto_core_ristretto255_scalar_invert(result, $0) }
            })
    }

    static func * (left: Scalar, right: Scalar) -> Scalar {
        combine(left, right, crypto_core_ristretto255_scalar_mul)
    }

    static func - (left: Scalar, right: Scalar) -> Scalar {
        combine(left, right, crypto_core_ristretto255_scalar_sub)
    }

    mutating func wipe() {
        bytes.wipe()
    }

    /// One of libsodium's: the result, then the two operands.
    private typealias Operation = (
        UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>
    ) -> Void

    private static func combine(
        _ left: Scalar,
        _ right: Scalar,
        _ operation: Operation
    ) -> Scalar {
        Scalar(
            unchecked: Bytes32 { result in
                left.bytes.withPointer { left in
                    right.bytes.withPointer { right in operation(result, left, right) }
                }
            })
    }
}
