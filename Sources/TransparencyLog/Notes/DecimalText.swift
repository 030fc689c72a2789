/// Numbers in decimal, with one spelling each: ASCII digits, no zero before others.
enum DecimalText {
    /// More digits are over every number that is bounded here.
    private static let digitsMax = 19

    /// The number, or nil for another spelling or more than an `Int` holds.
    static func value(of text: some Collection<UInt8>) -> Int? {
        guard (1...digitsMax).contains(text.count), text.allSatisfy(isDigit),
            text.count == 1 || text.first != UInt8(ascii: "0")
        else { return nil }
        return Int(String(decoding: text, as: UTF8.self))
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
