/// The name of a key, `kid`: `[A-Za-z0-9_-]{1,32}`. Public.
public struct KeyID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The lengths that a name may have, in bytes.
    public static let lengths = 1...32

    /// The name as it stands in directory and messages.
    public let rawValue: String

    /// The name, or nil when it has another shape.
    public init?(rawValue: String) {
        guard Self.lengths.contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        self.rawValue = rawValue
    }

    private static func isAllowed(_ letter: UInt8) -> Bool {
        letter.uppercased.isCapital || letter.isDigit
            || letter == UInt8(ascii: "_") || letter == UInt8(ascii: "-")
    }

    /// The name.
    public var description: String { rawValue }
}
