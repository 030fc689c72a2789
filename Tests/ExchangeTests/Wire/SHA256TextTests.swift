import Crypto
import Testing

@testable import Exchange

@Suite("SHA-256 as text")
struct SHA256TextTests {
    private static let empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

    @Test("the digest of nothing is written as RFC 9530 does")
    func known() {
        #expect(SHA256Text.write(SHA256.hash(data: [UInt8]())) == Self.empty)
        #expect(SHA256Text.read(Self.empty) == Array(SHA256.hash(data: [UInt8]())))
    }

    @Test("what is written reads back", arguments: 0..<32)
    func roundTrip(number: Int) {
        let digest = Samples.bytes(number * 77_777, count: 32)
        #expect(SHA256Text.read(SHA256Text.write(digest)) == digest)
    }

    @Test(
        "refuses every other spelling",
        arguments: [
            "", "sha-256=", "sha-256=:", "sha-256=::",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "SHA-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
            "sha-512=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
            // Without padding, with spare bits, base64url, 31 and 33 bytes, white space, a member more.
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=:",
            "sha-256=:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA:",
            "sha-256=: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, sha-512=:AAAA:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ])
    func refused(text: String) {
        #expect(SHA256Text.read(text) == nil)
    }
}
