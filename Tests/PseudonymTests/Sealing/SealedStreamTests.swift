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

@Suite("A stream for the holder of a signing key")
struct SigningKeyStreamTests {
    private static let mark = Array("a mark\n".utf8)

    /// A seed of that number, and its public half.
    private static func key(_ number: UInt8) -> (seed: [UInt8], publicKey: [UInt8]) {
        let seed = [UInt8](repeating: number, count: 32)
        var publicKey = [UInt8](repeating: 0, count: 32)
        var privateKey = [UInt8](repeating: 0, count: 64)
        crypto_sign_ed25519_seed_keypair(&publicKey, &privateKey, seed)
        return (seed, publicKey)
    }

    @Test("opens with that key, also among others, and with no other")
    func keys() throws {
        let (own, other) = (Self.key(1), Self.key(2))
        let sealer = try StreamSealer(mark: Self.mark, toSigningKey: own.publicKey)
        let part = sealer.seal([1, 2, 3], isLast: true)
        #expect(sealer.head.starts(with: Self.mark))
        let head = Array(sealer.head.dropFirst(Self.mark.count))
        #expect(head.count == StreamOpener.signingKeyHeadBytes)
        let opened = try StreamOpener(head: head, signingKeys: [other.seed, own.seed]).open(part)
        #expect(opened.part == [1, 2, 3] && opened.isLast)
        for seeds in [[other.seed], [], [[1]]] {
            #expect(throws: SealingError.otherKey) {
                try StreamOpener(head: head, signingKeys: seeds)
            }
        }
        for place in [0, SigningKeyBox.count - 1] {
            var changed = head
            changed[place] ^= 1
            #expect(throws: SealingError.otherKey) {
                try StreamOpener(head: changed, signingKeys: [own.seed])
            }
        }
        var header = head
        header[SigningKeyBox.count] ^= 1
        #expect(throws: SealingError.forged) {
            try StreamOpener(head: header, signingKeys: [own.seed]).open(part)
        }
        #expect(throws: SealingError.form) {
            try StreamOpener(head: Array(head.dropLast()), signingKeys: [own.seed])
        }
    }

    @Test("nothing is sealed to what is no key: points of small order, other lengths")
    func weak() {
        let identity = [1] + [UInt8](repeating: 0, count: 31)
        for bad in [identity, [UInt8](repeating: 0, count: 32), [1, 2], []] {
            #expect(throws: SealingError.key) {
                try StreamSealer(mark: Self.mark, toSigningKey: bad)
            }
        }
    }
}
