import Testing

@testable import Pseudonym

@Suite("Base64url in one spelling")
struct Base64URLTests {
    @Test(
        "writes and reads the examples of RFC 4648 §10, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
        ])
    func followsTheStandard(plain: String, coded: String) throws {
        #expect(Base64URL.encode(plain.utf8) == coded)
        #expect(try Base64URL.decode(coded) == Array(plain.utf8))
    }

    @Test("uses the letters for file names and URLs")
    func usesSafeLetters() throws {
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
        #expect(try Base64URL.decode("--__") == [0xFB, 0xEF, 0xFF])
    }

    @Test("returns every byte sequence unchanged", arguments: 0...66)
    func roundTrips(count: Int) throws {
        var random = RepeatableRandom(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test(
        "refuses every other spelling",
        arguments: [
            ("Z", Base64URLError.length), ("Zm9vY", .length), ("Zg==", .alphabet),
            ("Zg=", .alphabet), ("Zm 9", .alphabet), ("Zm9v\n", .length), ("Zm9\n", .alphabet),
            ("++//", .alphabet), ("Zé", .alphabet), ("Zh", .spareBits), ("Zm9", .spareBits),
            ("_____x", .spareBits),
        ])
    func refusesOthers(text: String, expected: Base64URLError) {
        #expect(throws: expected) { try Base64URL.decode(text) }
    }

    @Test("has one text for each byte: of all texts of two letters, 256 are read")
    func isInjective() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let texts = letters.flatMap { first in letters.map { "\(first)\($0)" } }
        #expect(texts.compactMap { try? Base64URL.decode($0) }.count == 256)
    }
}
