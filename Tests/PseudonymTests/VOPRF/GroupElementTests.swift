import Testing

@testable import Pseudonym

@Suite("Group elements from outside")
struct GroupElementTests {
    private static let generator =
        "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"

    @Test("accepts the generator and gives its bytes back")
    func acceptsGenerator() throws {
        let bytes = try Hex(Self.generator).bytes
        #expect(try BlindedElement(bytes: bytes).bytes == bytes)
        #expect(try EvaluatedElement(bytes: bytes[...]).bytes == bytes)
        #expect(try VOPRFPublicKey(bytes: bytes).bytes == bytes)
    }

    @Test("refuses the identity")
    func refusesIdentity() {
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(throws: GroupError.identity) { try BlindedElement(bytes: zeros) }
        #expect(throws: GroupError.identity) { try EvaluatedElement(bytes: zeros) }
        #expect(throws: GroupError.identity) { try VOPRFPublicKey(bytes: zeros) }
    }

    @Test("refuses other lengths", arguments: [0, 1, 31, 33, 64])
    func refusesLengths(count: Int) {
        #expect(throws: GroupError.length(expected: 32)) {
            try BlindedElement(bytes: [UInt8](repeating: 2, count: count))
        }
    }

    @Test(
        "refuses the bad encodings of RFC 9496 appendix A.3",
        arguments: [
            // Not below the field's prime.
            "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            // Negative.
            "0100000000000000000000000000000000000000000000000000000000000000",
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
            // No square root.
            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
            "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
            // The product of its coordinates is negative.
            "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
            // s = -1.
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ])
    func refusesBadEncodings(text: String) throws {
        let bytes = try Hex(text).bytes
        #expect(throws: GroupError.encoding) { try BlindedElement(bytes: bytes) }
    }

    @Test("refuses secret keys that are zero, too large or of another length")
    func refusesBadKeys() throws {
        let order = try Hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
            .bytes
        #expect(throws: GroupError.scalar) { try VOPRFSecretKey(bytes: order) }
        #expect(throws: GroupError.scalar) {
            try VOPRFSecretKey(bytes: [UInt8](repeating: 0, count: 32))
        }
        #expect(throws: GroupError.scalar) {
            try VOPRFSecretKey(bytes: [UInt8](repeating: 0xFF, count: 32))
        }
        #expect(throws: GroupError.length(expected: 32)) { try VOPRFSecretKey(bytes: [1]) }
        var largest = order
        largest[0] -= 1
        #expect(try VOPRFSecretKey(bytes: largest).bytes == largest)
    }

    @Test("refuses proofs of another length or with scalars that are not canonical")
    func refusesBadProofs() throws {
        let order = try Hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
            .bytes
        let one = [1] + [UInt8](repeating: 0, count: 31)
        #expect(throws: GroupError.scalar) { try EvaluationProof(bytes: order + one) }
        #expect(throws: GroupError.scalar) { try EvaluationProof(bytes: one + order) }
        #expect(throws: GroupError.length(expected: 64)) { try EvaluationProof(bytes: one) }
        #expect(throws: GroupError.length(expected: 64)) {
            try EvaluationProof(bytes: one + one + [0])
        }
        #expect(try EvaluationProof(bytes: one + one).bytes == one + one)
    }

    @Test("derives keys from seeds of 32 bytes only")
    func boundsDerivation() throws {
        let seed = [UInt8](repeating: 7, count: 32)
        let key = try VOPRFSecretKey.derive(seed: seed, info: [1])
        #expect(try VOPRFSecretKey.derive(seed: seed, info: [1]).publicKey == key.publicKey)
        #expect(try VOPRFSecretKey.derive(seed: seed, info: [2]).publicKey != key.publicKey)
        #expect(throws: GroupError.length(expected: 32)) {
            try VOPRFSecretKey.derive(seed: [1], info: [])
        }
        #expect(throws: GroupError.length(expected: VOPRFSecretKey.infoBytesMax)) {
            try VOPRFSecretKey.derive(seed: seed, info: [UInt8](repeating: 0, count: 65_536))
        }
    }
}
