/// The name of a key that signs notes, and of a log: UTF-8, compared byte by byte (two spellings of
/// one letter are two names).
///
/// Source: C2SP signed-note, "Format"; protocol/log.md, "Notes and keys".
public struct KeyName: Hashable, Sendable {
    /// The longest name in bytes.
    public static let bytesMax = 256

    /// The name in UTF-8.
    public let bytes: [UInt8]

    /// A name, or nil when it is empty, over ``bytesMax``, not UTF-8, or holds white space, a
    /// control character or `+`.
    public init?(_ bytes: some Collection<UInt8>) {
        guard (1...Self.bytesMax).contains(bytes.count),
            let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy(Self.allows)
        else { return nil }
        self.bytes = Array(bytes)
    }

    /// The same, of a text.
    public init?(_ text: String) { self.init(Array(text.utf8)) }

    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        return !isControl && scalar != "+" && !scalar.properties.isWhitespace
    }
}

extension KeyName: CustomStringConvertible {
    /// The name.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
