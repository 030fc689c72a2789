import Testing

@testable import Membership

@Suite("Public keys")
struct KeyTests {
    private static let bytes = [UInt8](1...32)
    private static let text = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"

    @Test("32 bytes in base64url, both ways")
    func reads() throws {
        let key = try #require(PublicKeyBytes(base64URL: Self.text))
        #expect(key.bytes == Self.bytes)
        #expect(key.base64URL == Self.text)
        let high = try #require(PublicKeyBytes([UInt8](repeating: 0xFB, count: 32)))
        #expect(high.base64URL.contains("-") && high.base64URL.contains("_"))
        #expect(PublicKeyBytes(base64URL: high.base64URL) == high)
    }

    @Test(
        "refuses padding, spare bits, other alphabets, other lengths and zero",
        arguments: [
            "", text + "=", String(text.dropLast()) + "B", String(text.dropLast()),
            text + "A", " " + text, text + "\n", "+" + text.dropFirst(), "/" + text.dropFirst(),
            String(repeating: "A", count: 43), "é" + text.dropFirst(2),
        ])
    func refuses(text: String) {
        #expect(PublicKeyBytes(base64URL: text) == nil)
    }

    /// The keys of Go's checksum database and of Go's documentation of signed notes.
    @Test(
        "reads verifier keys of other makes",
        arguments: [
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func verifierKey(text: String) throws {
        let key = try #require(VerifierKey(text))
        #expect(key.algorithm == .ed25519)
        #expect(key.description == text)
        #expect(text.hasPrefix(key.name + "+"))
    }

    @Test(
        "refuses verifier keys with another hash, name, key or form",
        arguments: [
            "", "+", "++",
            "sum.golang.com+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn9",
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA",
            "sum.golang.org+033de0ae+CM4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "sum.golang.org+033de0ae+", "sum.golang.org+033de0ae",
            " sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        ])
    func refusesVerifierKey(text: String) {
        #expect(VerifierKey(text) == nil)
    }

    @Test("a verifier key's name is visible ASCII without plus")
    func verifierKeyName() throws {
        let key = try #require(PublicKeyBytes(Self.bytes))
        let longest = String(repeating: "n", count: VerifierKey.nameBytesMax)
        #expect(VerifierKey(name: longest, algorithm: .cosignature, publicKey: key) != nil)
        for bad in ["", "a b", "a+b", "a\n", "é", longest + "n"] {
            #expect(VerifierKey(name: bad, algorithm: .ed25519, publicKey: key) == nil)
        }
    }
}
