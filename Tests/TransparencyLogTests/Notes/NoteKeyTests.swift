import Crypto
import Testing

@testable import TransparencyLog

@Suite("Keys of notes")
struct NoteKeyTests {
    /// The key of C2SP's and Go's own examples.
    private let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    @Test("are read in their one spelling and written the same")
    func spelling() throws {
        let key = try Sample.key(peter)
        #expect(key.name.description == "PeterNeumann")
        #expect(key.id == 0xC74F_20A3)
        #expect(key.kind == .note)
        #expect(key.description == peter)
        let cosigner = try Sample.cosigner().key
        #expect(NoteKey(cosigner.description) == cosigner)
        #expect(cosigner.kind == .cosignature)
        // Name and key alike, another kind: another id.
        let note = NoteKey(name: cosigner.name, kind: .note, publicKey: cosigner.publicKey)
        #expect(note.id != cosigner.id)
    }

    @Test(
        "are refused in any other",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a3",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq_LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW ",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func refused(text: String) {
        #expect(NoteKey(text) == nil)
    }

    @Test("have names without white space, plus and control characters, of some length")
    func names() {
        let good = ["a", "example.com/log", "见证人.example/w", String(repeating: "a", count: 256)]
        for text in good { #expect(KeyName(text)?.description == text) }
        let bad = [
            "", "a b", "a+b", "a\tb", "a\nb", "a\u{A0}b", "a\u{3000}b", "a\u{7F}", "a\u{85}",
            "a\u{2028}b", String(repeating: "a", count: 257),
        ]
        for text in bad { #expect(KeyName(text) == nil) }
        #expect(KeyName([0xC3, 0x28] as [UInt8]) == nil)
        // Two spellings of one letter are two names.
        #expect(KeyName("\u{E9}") != KeyName("e\u{301}"))
    }

    @Test("bind their holder: weak points are refused, in both signs and unreduced")
    func weakKeys() throws {
        let points = [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ]
        for point in points {
            var bytes = try [UInt8](hex: point)
            #expect(Ed25519Key(bytes) == nil, "\(point)")
            bytes[31] |= 0x80
            #expect(Ed25519Key(bytes) == nil, "\(point), other sign")
        }
        #expect(Ed25519Key([UInt8](repeating: 1, count: 31)) == nil)
        #expect(Ed25519Key([UInt8](repeating: 1, count: 33)) == nil)
        let good = try Sample.privateKey("any").publicKey.rawRepresentation
        #expect(Ed25519Key(good)?.bytes == Array(good))
    }

    @Test("keep their private half out of texts")
    func redaction() throws {
        let secret = try Sample.privateKey("log key").rawRepresentation.description
        let seed = try Sample.privateKey("log key").rawRepresentation
            .map { String($0) }.joined(separator: ", ")
        for value in [try Sample.signer() as Any, try Sample.cosigner("log key") as Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains(seed) && !text.contains(secret))
                #expect(!text.contains("PrivateKey"))
            }
        }
        let salt = try #require(CommitmentSalt(bytes: [UInt8](repeating: 0xA7, count: 32)))
        var dumped = ""
        dump(salt, to: &dumped)
        for text in ["\(salt)", String(reflecting: salt), dumped] {
            #expect(!text.contains("167"))
        }
    }
}
