import Crypto

/// A verifier key in the text form of C2SP signed-note, `<name>+<hash>+<key>`: the hash is 8
/// hexadecimal digits of SHA-256(name ‖ 0x0A ‖ algorithm ‖ key), the key is base64 of the algorithm
/// byte and 32 bytes.
public struct VerifierKey: Sendable, Hashable {
    /// The kinds of signatures that the protocol uses.
    public enum Algorithm: UInt8, Sendable {
        /// Ed25519 over the note, for logs and denials (type 0x01).
        case ed25519 = 0x01
        /// Timestamped cosignature of a witness (C2SP tlog-cosignature, type 0x04).
        case cosignature = 0x04
    }

    /// The longest name in bytes.
    public static let nameBytesMax = 256

    /// The key's name: for a log its origin.
    public let name: String
    /// What it verifies.
    public let algorithm: Algorithm
    /// The Ed25519 public key.
    public let publicKey: PublicKeyBytes

    /// A key, or nil when `name` is empty, longer than ``nameBytesMax`` or contains `+` or anything
    /// but visible ASCII (C2SP signed-note forbids spaces and `+`).
    public init?(name: String, algorithm: Algorithm, publicKey: PublicKeyBytes) {
        guard (1...Self.nameBytesMax).contains(name.utf8.count),
            name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") })
        else { return nil }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
    }

    /// A key from its text form, or nil when it is malformed or its hash does not fit.
    public init?(_ text: String) {
        // The key's base64 may contain `+`, name and hash cannot.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3,
            let encoded = Base64.decode(String(parts[2])),
            let first = encoded.first, let algorithm = Algorithm(rawValue: first),
            let publicKey = PublicKeyBytes(Array(encoded.dropFirst())),
            let key = VerifierKey(
                name: String(parts[0]), algorithm: algorithm, publicKey: publicKey),
            key.description == text
        else { return nil }
        self = key
    }

    private var hash: String {
        let input = Array(name.utf8) + [0x0A] + encodedKey
        return SHA256.hash(data: input).prefix(4).reduce(into: "") { text, byte in
            text += (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        }
    }

    private var encodedKey: [UInt8] { [algorithm.rawValue] + publicKey.bytes }
}

extension VerifierKey: LosslessStringConvertible {
    /// The text form.
    public var description: String { "\(name)+\(hash)+\(Base64.encode(encodedKey))" }
}
