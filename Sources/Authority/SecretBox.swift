import Crypto
import CryptoExtras
import StrictJSON
import TUF

/// A secret enciphered under a passphrase: scrypt with 128 MiB, ChaCha20-Poly1305, as JSON. A guess
/// costs a good part of a second.
enum SecretBox {
    private static let rounds = 131_072
    private static let blockSize = 8
    private static let memoryMax = 256 * 1024 * 1024
    private static let saltBytes = 32

    /// Enciphers.
    ///
    /// - Throws: what the cryptographic library throws; it has no reason to.
    static func seal(_ secret: [UInt8], under passphrase: [UInt8]) throws -> JSONValue {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let box = try ChaChaPoly.seal(secret, using: derived(passphrase, salt)).combined
        return [
            "scrypt": .integer(rounds), "salt": .string(Hexadecimal.text(of: salt)),
            "box": .string(Hexadecimal.text(of: box)),
        ]
    }

    /// Whether a value is a box at all.
    static func isBox(_ value: JSONValue) -> Bool { parts(value) != nil }

    /// Deciphers; nil with another passphrase, or for what is no box.
    static func open(_ value: JSONValue, with passphrase: [UInt8]) -> [UInt8]? {
        guard let (salt, combined) = parts(value), let key = try? derived(passphrase, salt),
            let opened = try? ChaChaPoly.open(ChaChaPoly.SealedBox(combined: combined), using: key)
        else { return nil }
        return Array(opened)
    }

    private static func parts(_ value: JSONValue) -> (salt: [UInt8], box: [UInt8])? {
        guard var fields = try? JSONObjectReader(value),
            fields.optional("scrypt")?.integer == rounds,
            let salt = fields.optional("salt")?.text.flatMap(Hexadecimal.bytes),
            let box = fields.optional("box")?.text.flatMap(Hexadecimal.bytes)
        else { return nil }
        return (salt, box)
    }

    private static func derived(_ passphrase: [UInt8], _ salt: [UInt8]) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: salt, outputByteCount: 32, rounds: rounds,
            blockSize: blockSize, parallelism: 1, maxMemory: memoryMax)
    }
}
