import CSodium
import Testing

@testable import Pseudonym

@Suite("A stream enciphered under a passphrase")
struct SealedStreamTests {
    private static let passphrase = Array("a passphrase of the tests".utf8)

    /// Parts, the last of them as the last.
    private static func sealed(_ parts: [[UInt8]]) throws -> (head: [UInt8], parts: [[UInt8]]) {
        let sealer = try StreamSealer(passphrase: passphrase)
        let sealed = parts.enumerated().map { index, part in
            sealer.seal(part, isLast: index == parts.count - 1)
        }
        return (sealer.head, sealed)
    }

    @Test("opens as it was, part by part, and says which is the last")
    func roundTrip() throws {
        let whole = [UInt8](repeating: 7, count: StreamSealer.partBytes)
        let parts = [whole, [], [1, 2, 3]]
        let (head, sealed) = try Self.sealed(parts)
        #expect(head.count == StreamOpener.headBytes)
        #expect(sealed[0].count == StreamOpener.sealedPartBytes)
        let opener = try StreamOpener(head: head, passphrase: Self.passphrase)
        for (index, part) in sealed.enumerated() {
            let opened = try opener.open(part)
            #expect(opened.part == parts[index])
            #expect(opened.isLast == (index == 2))
        }
        // The same again is another stream.
        #expect(try Self.sealed(parts).head != head)
    }

    @Test("the sizes that are written down are those of the library")
    func sizes() {
        #expect(crypto_secretstream_xchacha20poly1305_abytes() == StreamSealer.overheadBytes)
        #expect(crypto_secretstream_xchacha20poly1305_headerbytes() == StreamSealer.headerBytes)
        #expect(crypto_secretstream_xchacha20poly1305_tag_final() == StreamSealer.lastTag)
        #expect(crypto_pwhash_saltbytes() == PassphraseKey.saltBytes)
        #expect(crypto_secretstream_xchacha20poly1305_keybytes() == PassphraseKey.keyBytes)
    }

    @Test("another passphrase, and parts that were changed or do not come next, open nothing")
    func forged() throws {
        let (head, sealed) = try Self.sealed([[1], [2], [3]])
        let opener = { try StreamOpener(head: head, passphrase: Self.passphrase) }
        #expect(throws: SealingError.forged) {
            try StreamOpener(head: head, passphrase: Array("another passphrase".utf8))
                .open(sealed[0])
        }
        var spoiled = sealed[0]
        spoiled[3] ^= 1
        for part in [spoiled, Array(sealed[0].dropLast()), sealed[1], [], sealed[0] + [0]] {
            #expect(throws: SealingError.forged) { try opener().open(part) }
        }
        var salted = head
        salted[StreamSealer.mark.count] ^= 1
        #expect(throws: SealingError.forged) {
            try StreamOpener(head: salted, passphrase: Self.passphrase).open(sealed[0])
        }
    }

    @Test("what does not begin as one is none")
    func form() throws {
        let (head, _) = try Self.sealed([[1]])
        var marked = head
        marked[0] ^= 1
        for bad in [marked, Array(head.dropLast()), []] {
            #expect(throws: SealingError.form) {
                try StreamOpener(head: bad, passphrase: Self.passphrase)
            }
        }
    }
}
