import Crypto
import Foundation
import StrictJSON
import TUF

/// A private Ed25519 key of an officer or of an online signer, as the content of a file: JSON with the
/// owner's name, the public half, and the private half, which is enciphered under a passphrase
/// (scrypt, ChaCha20-Poly1305) unless the key must work unattended.
public struct OfficerKeyFile: Sendable {
    /// Whose key it is, for people.
    public let owner: String
    /// The file's bytes.
    public let bytes: [UInt8]

    /// Most bytes of a key's file.
    public static let bytesMax = 4 * 1024
    /// Bytes of an owner's name.
    public static let ownerBytes = 1...64

    /// Makes a key.
    ///
    /// - Throws: `AuthorityError.file` for a name that cannot be shown.
    public static func create(
        owner: String, passphrase: [UInt8]?
    ) throws(AuthorityError) -> OfficerKeyFile {
        guard ownerBytes.contains(owner.utf8.count),
            owner.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw .file("the owner's name", "must be 1 to 64 bytes of plain text") }
        let key = Curve25519.Signing.PrivateKey()
        let secret: JSONMember
        do {
            secret = try sealed(Array(key.rawRepresentation), passphrase)
        } catch {
            throw .file("the key", "cannot be enciphered")
        }
        let signer = MetadataSigner(key, owner: owner)
        let document: JSONValue = .object([
            JSONMember("version", 1), JSONMember("public", signer.key.document), secret,
        ])
        return OfficerKeyFile(owner: owner, bytes: Array((document.prettyPrinted + "\n").utf8))
    }

    /// The public half of a file of a private key, as a file of its own.
    public var publicFile: [UInt8] {
        guard let document = try? Self.document(bytes, "") else { return [] }
        return Array((document.0.document.prettyPrinted + "\n").utf8)
    }

    /// Opens a file. `name` is how messages call it.
    public static func open(
        _ bytes: [UInt8], name: String, passphrase: [UInt8]?
    ) throws(AuthorityError) -> MetadataSigner {
        let (listed, fields) = try document(bytes, name)
        guard let secret = try privateHalf(fields, name, passphrase),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        else { throw .passphrase(name) }
        let signer = MetadataSigner(key, owner: listed.owner)
        guard signer.keyID == listed.keyID else { throw .file(name, "its two halves do not fit") }
        return signer
    }

    /// Whether a file needs a passphrase.
    public static func isSealed(_ bytes: [UInt8], name: String) throws(AuthorityError) -> Bool {
        var fields = try document(bytes, name).1
        return fields.optional("sealed") != nil
    }

    /// Reads a file of a public half.
    public static func publicKey(
        _ bytes: [UInt8], name: String
    ) throws(AuthorityError) -> MetadataKey {
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            let key = MetadataKey(officer: value)
        else { throw .file(name, "is not the public half of an officer's key") }
        return key
    }

    private static func document(
        _ bytes: [UInt8], _ name: String
    ) throws(AuthorityError) -> (MetadataKey, JSONObjectReader) {
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            var fields = try? JSONObjectReader(value),
            fields.optional("version")?.integer == 1, let listed = fields.optional("public"),
            let key = MetadataKey(officer: listed)
        else { throw .file(name, "is not an officer's key") }
        return (key, fields)
    }

    private static let limits = JSONLimits(documentBytesMax: bytesMax)

    private static func sealed(
        _ secret: [UInt8], _ passphrase: [UInt8]?
    ) throws -> JSONMember {
        guard let passphrase else { return JSONMember("private", .string(hex(secret))) }
        return JSONMember("sealed", try SecretBox.seal(secret, under: passphrase))
    }

    private static func privateHalf(
        _ fields: JSONObjectReader, _ name: String, _ passphrase: [UInt8]?
    ) throws(AuthorityError) -> [UInt8]? {
        var fields = fields
        if let text = fields.optional("private")?.text { return Self.bytes(text) }
        guard let sealed = fields.optional("sealed"), SecretBox.isBox(sealed) else {
            throw .file(name, "is not an officer's key")
        }
        return passphrase.flatMap { SecretBox.open(sealed, with: $0) }
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String { Hexadecimal.text(of: bytes) }
    private static func bytes(_ text: String) -> [UInt8]? { Hexadecimal.bytes(of: text) }
}
