/// A name that is no fact's, made safe to show: it came from outside and could be anything.
public struct UnknownFactName: Sendable, Hashable, CustomStringConvertible {
    /// The longest name that is shown, in bytes.
    public static let bytesMax = 40

    /// The name when it consists of ASCII letters and is short enough, else `(unreadable)`.
    public let description: String

    init(_ text: String) {
        let letters = text.utf8.prefix(Self.bytesMax + 1)
        let isShowable =
            (1...Self.bytesMax).contains(letters.count)
            && letters.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
        description = isShowable ? text : "(unreadable)"
    }
}
