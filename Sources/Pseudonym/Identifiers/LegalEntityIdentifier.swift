/// `lei`, ISO 17442: 18 letters and digits and two check digits (ISO 7064, mod 97-10).
enum LegalEntityIdentifier {
    private static let length = 20
    private static let checkLength = 2
    private static let modulus = 97

    /// ISO 7064 gives no other check digits, though 00, 01 and 99 would leave the same remainder.
    private static let checkNumbers = 2...98

    /// The 20 characters.
    static func normalForm(of letters: [UInt8]) throws(IdentifierError) -> String {
        guard letters.count == length else { throw .length(.lei, expected: length) }
        for (index, letter) in letters.enumerated() {
            let isInPlace = letter.isDigit || letter.isCapital && index < length - checkLength
            guard isInPlace else { throw .character(.lei, position: index + 1) }
        }
        let remainder = letters.reduce(0) { remainder, letter in
            (remainder * (letter.isDigit ? 10 : 100) + letter.base36Value) % modulus
        }
        let check = letters.suffix(checkLength).reduce(0) { $0 * 10 + $1.digitValue }
        guard remainder == 1, checkNumbers.contains(check) else { throw .checkCharacter(.lei) }
        return String(decoding: letters, as: UTF8.self)
    }
}
