/// An ISO 4217 alphabetic code, three upper-case ASCII letters, in a form that compares at once.
public struct CurrencyCode: Sendable, Hashable, CustomStringConvertible {
    private let packed: UInt32

    /// Reads a code; nil for anything but three letters A–Z.
    public init?(_ text: String) {
        var packed: UInt32 = 0
        guard text.utf8.count == 3 else { return nil }
        for byte in text.utf8 {
            guard (0x41...0x5A).contains(byte) else { return nil }
            packed = packed << 8 | UInt32(byte)
        }
        self.packed = packed
    }

    /// The three letters.
    public var description: String {
        String(decoding: [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> $0) }, as: UTF8.self)
    }
}
