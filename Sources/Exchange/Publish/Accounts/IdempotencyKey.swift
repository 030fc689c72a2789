/// The name under which a lender's system repeats a request until it has heard the answer: 1 to 64
/// of `A-Z`, `a-z`, `0-9`, `_`, `-`.
public struct IdempotencyKey: Sendable, Hashable {
    /// The lengths that a key may have.
    public static let lengths = 1...64

    /// The key.
    public let text: String

    /// A key; nil when the text has another shape.
    public init?(_ text: String) {
        let isKey = text.utf8.allSatisfy { letter in
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard Self.lengths.contains(text.utf8.count), isKey else { return nil }
        self.text = text
    }
}
