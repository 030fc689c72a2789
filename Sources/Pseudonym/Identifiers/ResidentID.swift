/// `cn-rid`, GB 11643: six digits of an area, eight of a date of birth, three of a sequence, and a
/// check character.
///
/// The area is never judged: residence permits (81, 82, 83) and permanent residents' numbers (9…)
/// follow the same rule.
enum ResidentID {
    private static let length = 18
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)

    /// The number of the kind issued until 1999, without century and check character.
    private static let oldLength = 15
    private static let oldCentury = Array("19".utf8)
    private static let areaLength = 6

    /// The 18 characters of a number of either kind.
    static func normalForm(of letters: [UInt8]) throws(IdentifierError) -> String {
        let number = letters.count == oldLength ? try renewed(letters) : letters
        guard number.count == length else { throw .length(.residentID, expected: length) }
        try requireDigits(number.dropLast())
        guard checkCharacters.contains(number[length - 1]) else {
            throw .character(.residentID, position: length)
        }
        guard hasRealDate(number) else { throw .date }
        guard number[length - 1] == checkCharacter(of: number) else {
            // A spreadsheet keeps 15 digits of a long number and writes zeros for the rest.
            let lostDigits = number.suffix(3).allSatisfy { $0 == UInt8(ascii: "0") }
            throw lostDigits ? .damagedBySpreadsheet : .checkCharacter(.residentID)
        }
        return String(decoding: number, as: UTF8.self)
    }

    /// The 18 characters of an old number: the century is put in, the check character added.
    private static func renewed(_ old: [UInt8]) throws(IdentifierError) -> [UInt8] {
        try requireDigits(old[...])
        let number = old.prefix(areaLength) + oldCentury + old.dropFirst(areaLength)
        return number + [checkCharacter(of: Array(number))]
    }

    private static func requireDigits(_ letters: ArraySlice<UInt8>) throws(IdentifierError) {
        if let index = letters.firstIndex(where: { !$0.isDigit }) {
            throw .character(.residentID, position: index + 1)
        }
    }

    /// The character that fits the first 17 digits.
    private static func checkCharacter(of number: [UInt8]) -> UInt8 {
        let sum = zip(number, weights).reduce(0) { $0 + $1.0.digitValue * $1.1 }
        return checkCharacters[sum % checkCharacters.count]
    }

    /// Whether places 7 to 14 are a day of the Gregorian calendar.
    private static func hasRealDate(_ number: [UInt8]) -> Bool {
        func value(_ range: Range<Int>) -> Int {
            number[range].reduce(0) { $0 * 10 + $1.digitValue }
        }
        let (year, month, day) = (value(6..<10), value(10..<12), value(12..<14))
        guard year > 0, (1...12).contains(month) else { return false }
        let isLeap =
            year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
