import Crypto

/// A key that notes are verified with, in its text form `<name>+<key id>+<base64>`.
///
/// Source: C2SP signed-note, "Signatures", and tlog-cosignature; protocol/log.md, "Notes and keys".
public struct NoteKey: Hashable, Sendable {
    /// What the key signs.
    public enum Kind: UInt8, Sendable {
        /// The text of a note (Ed25519).
        case note = 0x01
        /// A checkpoint with a time, as a witness does (`cosignature/v1`, Ed25519).
        case cosignature = 0x04
    }

    /// The key's name: for a log its origin.
    public let name: KeyName
    /// What it signs.
    public let kind: Kind
    /// The key itself.
    public let publicKey: Ed25519Key
    /// The first 4 bytes of SHA-256(name ‖ 0x0A ‖ kind ‖ key), big-endian; with the name it tells
    /// keys apart.
    public let id: UInt32

    /// A key.
    public init(name: KeyName, kind: Kind, publicKey: Ed25519Key) {
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        let input = name.bytes + [0x0A, kind.rawValue] + publicKey.bytes
        id = SHA256.hash(data: input).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension NoteKey: LosslessStringConvertible {
    /// A key from its text form, or nil when it is malformed, of another kind, weak, or its key id
    /// does not fit.
    public init?(_ text: String) {
        // The key's base64 may contain `+`, name and id cannot.
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = KeyName(parts[0]),
            let encoded = CanonicalBase64.decode(parts[2]), let first = encoded.first,
            let kind = Kind(rawValue: first), let key = Ed25519Key(encoded.dropFirst())
        else { return nil }
        self.init(name: name, kind: kind, publicKey: key)
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// The text form.
    public var description: String {
        let digits = String(id, radix: 16)
        let padding = String(repeating: "0", count: 8 - digits.count)
        let encoded = CanonicalBase64.encode([kind.rawValue] + publicKey.bytes)
        return "\(name)+\(padding)\(digits)+\(encoded)"
    }
}
