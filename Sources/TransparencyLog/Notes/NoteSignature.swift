/// One line below a note: who signed, and what came out.
public struct NoteSignature: Hashable, Sendable {
    /// The key's name.
    public let name: KeyName
    /// The key's id.
    public let keyID: UInt32
    /// The signature, in the form of the key's kind.
    public let bytes: [UInt8]

    private static let keyIDBytes = 4
    /// Em dash and space.
    private static let mark = Array("\u{2014} ".utf8)

    init(name: KeyName, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// A signature from its line, without the newline; nil when it is none.
    init?(line: some Collection<UInt8>) {
        guard line.starts(with: Self.mark) else { return nil }
        let parts = line.dropFirst(Self.mark.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let name = KeyName(parts[0]),
            let bytes = CanonicalBase64.decode(parts[1]), bytes.count > Self.keyIDBytes
        else { return nil }
        self.name = name
        keyID = bytes.prefix(Self.keyIDBytes).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(Self.keyIDBytes))
    }

    /// The line with its newline.
    var line: [UInt8] {
        let id = withUnsafeBytes(of: keyID.bigEndian) { Array($0) }
        let encoded = Array(CanonicalBase64.encode(id + bytes).utf8)
        return Self.mark + name.bytes + [UInt8(ascii: " ")] + encoded + [UInt8(ascii: "\n")]
    }

    /// Whether the line says that `key` signed.
    func isBy(_ key: NoteKey) -> Bool { keyID == key.id && name == key.name }
}
