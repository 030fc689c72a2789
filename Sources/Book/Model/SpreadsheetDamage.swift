/// What a spreadsheet makes of a long number.
public enum SpreadsheetDamage {
    /// Digits that a spreadsheet keeps of a number.
    static let digitsKept = 15

    /// Whether the text is a long number as a spreadsheet shows it: `4.2E+17`. Digits are lost.
    public static func isScientific(_ text: some Collection<UInt8>) -> Bool {
        guard let marker = text.firstIndex(where: { $0 & 0xDF == UInt8(ascii: "E") }) else {
            return false
        }
        let power = text[marker...].dropFirst()
        let mantissa = text[..<marker]
        guard let first = mantissa.first, first.asciiDigit != nil,
            power.first == UInt8(ascii: "+"), power.count == 3
        else { return false }
        return power.dropFirst().allSatisfy { $0.asciiDigit != nil }
            && mantissa.allSatisfy { $0.asciiDigit != nil || $0 == UInt8(ascii: ".") }
            && mantissa.count { $0 == UInt8(ascii: ".") } <= 1
    }

    /// Whether the text may be a long number whose digits after the fifteenth a spreadsheet has
    /// turned into zeros: `999999199012310000`. It is destroyed if its check character fails too,
    /// which is for those to judge who know its scheme.
    public static func mayBeRounded(_ text: some Collection<UInt8>) -> Bool {
        text.count > digitsKept && text.allSatisfy { $0.asciiDigit != nil }
            && text.dropFirst(digitsKept).allSatisfy { $0 == UInt8(ascii: "0") }
    }
}
