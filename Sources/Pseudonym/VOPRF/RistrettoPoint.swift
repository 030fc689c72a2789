import CSodium

/// A point of ristretto255 in its canonical encoding of 32 bytes; the identity is one of them.
///
/// The encoding is checked when it comes in, so no operation here can fail: libsodium reports only
/// a wrong encoding, and the identity as a product, which is an answer like any other.
struct RistrettoPoint: Hashable, Sendable {
    let encoding: Bytes32

    private init(unchecked encoding: Bytes32) {
        self.encoding = encoding
    }

    /// The point that `encoding` spells; nil when the encoding is not canonical.
    init?(canonical encoding: Bytes32) {
        guard encoding.withPointer(crypto_core_ristretto255_is_valid_point) == 1 else { return nil }
        self.encoding = encoding
    }

    /// The point that 64 uniform bytes are mapped to: RFC 9497 §4.1, `HashToGroup`.
    init(mapping digest: Digest512) {
        encoding = Bytes32 { result in
            digest.withPointer { _ = crypto_core_ristretto255_from_hash(result, $0) }
        }
    }

    /// The identity is spelled by 32 zero bytes.
    var isIdentity: Bool { encoding.isZero }

    /// The group's generator, multiplied.
    static func generator(times scalar: Scalar) -> RistrettoPoint {
        RistrettoPoint(
            unchecked: Bytes32 { result in
                scalar.bytes.withPointer { _ = crypto_scalarmult_ristretto255_base(result, $0) }
            })
    }

    /// This point, multiplied, in time that depends neither on the point nor on the scalar.
    func times(_ scalar: Scalar) -> RistrettoPoint {
        RistrettoPoint(
            unchecked: Bytes32 { result in
                scalar.bytes.withPointer { scalar in
                    encoding.withPointer { _ = crypto_scalarmult_ristretto255(result, scalar, $0) }
                }
            })
    }

    static func + (left: RistrettoPoint, right: RistrettoPoint) -> RistrettoPoint {
        RistrettoPoint(
            unchecked: Bytes32 { result in
                left.encoding.withPointer { left in
                    right.encoding.withPointer { right in
                        _ = crypto_core_ristretto255_add(result, left, right)
                    }
                }
            })
    }
}
