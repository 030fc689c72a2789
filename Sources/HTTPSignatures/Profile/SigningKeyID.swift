/// The `keyid` of a signature: `[A-Za-z0-9_-]{1,32}`, unique in a consortium.
public struct SigningKeyID: Hashable, Sendable {
    /// The lengths in bytes that an id may have.
    public static let lengths = 1...32

    /// The id.
    public let text: String

    /// An id, or nil for another form.
    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy(Self.allows) else {
            return nil
        }
        self.text = text
    }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension SigningKeyID: CustomStringConvertible {
    /// The id; it is public.
    public var description: String { text }
}
