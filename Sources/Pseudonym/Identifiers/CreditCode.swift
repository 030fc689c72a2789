/// `cn-uscc`, GB 32100: 18 characters of which the last checks the others, and the ninth to
/// seventeenth are an organisation code of GB 11714 with a check character of its own.
enum CreditCode {
    /// An individual business (个体工商户), whose owner answers for it in person.
    static let individualBusinessPrefix = "92"

    private static let length = 18
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// Without I, O, S, V and Z, which look like digits or each other.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let values = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })

    private static let organisationCode = 8..<17
    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

    /// The 18 characters.
    static func normalForm(of letters: [UInt8]) throws(IdentifierError) -> String {
        guard letters.count == length else { throw .length(.creditCode, expected: length) }
        var sum = 0
        for (index, letter) in letters.enumerated() {
            guard let value = values[letter] else {
                throw .character(.creditCode, position: index + 1)
            }
            if index < weights.count { sum += value * weights[index] }
        }
        let check = (alphabet.count - sum % alphabet.count) % alphabet.count
        guard letters[length - 1] == alphabet[check] else { throw .checkCharacter(.creditCode) }
        guard isOrganisationCode(letters[organisationCode]) else { throw .organisationCheck }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Whether the last of nine characters checks the eight before it.
    private static func isOrganisationCode(_ code: ArraySlice<UInt8>) -> Bool {
        let sum = zip(code, organisationWeights).reduce(0) { $0 + $1.0.base36Value * $1.1 }
        let check = Array("0X987654321".utf8)[sum % 11]
        return code.last == check
    }
}
