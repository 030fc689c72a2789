import Crypto
import CryptoExtras
import Ed25519
import StrictJSON

/// A public key as root metadata lists it (TUF 1.0 §4.2; protocol/directory.md, "Keys of officers").
public struct MetadataKey: Sendable, Equatable {
    /// What verifies, or nothing for a kind that this reader does not know or accept: signatures of
    /// such a key do not count.
    enum Verifier: Sendable, Hashable {
        case ed25519([UInt8])
        case ecdsaP256(pem: String)
        case rsaPSS(pem: String)
        case rsaPKCS1(pem: String)
        case unusable
    }

    let verifier: Verifier
    /// The key as it is written in metadata.
    let json: JSONValue

    /// An Ed25519 key of 32 bytes, with the name of whose it is for people.
    public init(ed25519 publicKey: [UInt8], owner: String? = nil) {
        verifier = .ed25519(publicKey)
        json = .members([
            "keytype": "ed25519", "scheme": "ed25519",
            "keyval": ["public": .string(Hexadecimal.text(of: publicKey))],
            Self.ownerName: owner.map(JSONValue.string),
        ])
    }

    /// Reads an Ed25519 key; nil for anything else, and for one that binds nobody.
    public init?(officer value: JSONValue) {
        guard let key = try? MetadataKey(value, accepting: .directory), key.verifier != .unusable
        else { return nil }
        self = key
    }

    /// The key as metadata writes it.
    public var document: JSONValue { json }

    /// Whose the key is, as far as its maker said: a member of the key that TUF does not know.
    public var owner: String? {
        (try? MetadataFields(json))?.optional(Self.ownerName)?.text
    }

    private static let ownerName = "x-creditmesh-owner"

    /// Reads a key. One of another kind than `kinds` is kept and verifies nothing.
    init(_ value: JSONValue, accepting kinds: KeyKinds) throws(UpdateFault) {
        let fields = try MetadataFields(value)
        let type = try fields.text("keytype")
        let scheme = try fields.text("scheme")
        let text = try MetadataFields(fields.value("keyval")).text("public")
        verifier = Self.verifier(type: type, scheme: scheme, text: text, accepting: kinds)
        json = value
    }

    /// The id that the specification gives a key: SHA-256 of its canonical form, in hexadecimal.
    public var keyID: String {
        Hexadecimal.text(of: SHA256.hash(data: json.canonical ?? []))
    }

    private static func verifier(
        type: String, scheme: String, text: String, accepting kinds: KeyKinds
    ) -> Verifier {
        switch (type, scheme) {
        case ("ed25519", "ed25519"):
            // All zero and the other points of small order verify what nobody signed.
            guard let bytes = Hexadecimal.bytes(of: text), !WeakPoint.isWeak(bytes) else {
                return .unusable
            }
            return .ed25519(bytes)
        case ("ecdsa", "ecdsa-sha2-nistp256") where kinds.contains(.ecdsaP256),
            ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") where kinds.contains(.ecdsaP256):
            return .ecdsaP256(pem: text)
        case ("rsa", "rsassa-pss-sha256") where kinds.contains(.rsa): return .rsaPSS(pem: text)
        case ("rsa", "rsa-pkcs1v15-sha256") where kinds.contains(.rsa): return .rsaPKCS1(pem: text)
        default: return .unusable
        }
    }

    /// Whether the key's holder signed the message.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch verifier {
        case .ed25519(let bytes):
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            return key?.isValidSignature(signature, for: message) ?? false
        case .ecdsaP256(let pem):
            guard let key = try? P256.Signing.PublicKey(pemRepresentation: pem),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: message)
        case .rsaPSS(let pem): return Self.verifies(pem, signature, message, .PSS)
        case .rsaPKCS1(let pem): return Self.verifies(pem, signature, message, .insecurePKCS1v1_5)
        case .unusable: return false
        }
    }

    private static func verifies(
        _ pem: String, _ signature: [UInt8], _ message: [UInt8], _ padding: _RSA.Signing.Padding
    ) -> Bool {
        guard let key = try? _RSA.Signing.PublicKey(pemRepresentation: pem) else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature),
            for: SHA256.hash(data: message), padding: padding)
    }
}
