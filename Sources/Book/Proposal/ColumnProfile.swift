import RiskStandard

/// What the values of a column look like in a sample.
struct ColumnProfile: Sendable {
    private static let distinctMax = 30

    let name: String
    /// Values that are not blank.
    let values: [String]
    /// Different values, in the order in which they come, up to a few.
    let distinct: [String]

    init(name: String, values: [String]) {
        self.name = name
        self.values = values.filter { !$0.isEmpty }
        var distinct: [String] = []
        for value in self.values
        where distinct.count < Self.distinctMax && !distinct.contains(value) {
            distinct.append(value)
        }
        self.distinct = distinct
    }

    /// Whether four fifths of the values meet a test; an empty column meets any.
    func mostly(_ test: (ArraySlice<UInt8>) -> Bool) -> Bool {
        let count = values.count { test(Self.narrow($0)) }
        return count * 5 >= values.count * 4
    }

    /// Whether the values may be those of the field.
    func fits(_ field: Field) -> Bool {
        switch field.fieldKind {
        case .amount: mostly { (try? AmountText($0, allowsScientific: true)) != nil }
        case .month, .date, .instant: mostly { WrittenDate($0) != nil }
        case .daysPastDue: mostly { Self.isCount($0) || WrittenDate($0) != nil }
        case .text where field == .identifier:
            mostly { $0.count >= 5 && WrittenDate($0) == nil }
        default: true
        }
    }

    /// Whether the values are due dates rather than counts.
    var areDates: Bool { !values.isEmpty && mostly { !Self.isCount($0) && WrittenDate($0) != nil } }

    /// Whether a fifth of the values and more stand there again.
    var isRepeated: Bool { Set(values).count * 5 < values.count * 4 }

    /// Whether nearly all values have the form of an identifier, whichever its scheme. Those that a
    /// spreadsheet destroyed do not count.
    var areIdentifiers: Bool { schemes.contains { $0 != nil } && isMostlyKnown }

    /// The one scheme whose form the identifiers have, but for a few broken ones; nil when there are
    /// several or none.
    var scheme: String? {
        let known = Set(schemes.compactMap(\.self))
        return known.count == 1 && isMostlyKnown ? known.first : nil
    }

    private var schemes: [String?] {
        values.filter { !SpreadsheetDamage.isScientific($0.utf8) }
            .map { Self.scheme(of: Self.narrow($0)) }
    }

    private var isMostlyKnown: Bool {
        let all = schemes
        return all.count { $0 != nil } * 10 >= all.count * 9
    }

    /// How dates are written whose day and month could be either: what the values prove, nil when
    /// they prove nothing. The formats have fixed places.
    var provenDateFormat: DateFormat? {
        let fixed = values.filter { $0.utf8.count == 10 && $0.contains("/") }
        guard fixed.count == values.count else { return nil }
        let american = fixed.allSatisfy { DateFormat.american.date(Self.narrow($0)) != nil }
        let european = fixed.allSatisfy { DateFormat.european.date(Self.narrow($0)) != nil }
        return american == european ? nil : american ? .american : .european
    }

    /// Whether any date could have day and month either way.
    var hasAmbiguousDates: Bool {
        values.contains { WrittenDate(Self.narrow($0)) == .ambiguous }
    }

    static func narrow(_ text: String) -> ArraySlice<UInt8> {
        CellText.cleaned(Array(text.utf8)[...], isPlainText: false)
    }

    private static func isCount(_ text: ArraySlice<UInt8>) -> Bool {
        text.count <= 5
            && (try? DecimalText(text.prefix { $0 < 0x80 }, allowsScientific: false)) != nil
    }

    /// The scheme by the form alone: check characters are for others to judge.
    private static func scheme(of text: ArraySlice<UInt8>) -> String? {
        let letters = text.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }
        let isNumber = { (bytes: ArraySlice<UInt8>) in bytes.allSatisfy { $0.asciiDigit != nil } }
        let isCode = letters.allSatisfy {
            $0.asciiDigit != nil || (0x41...0x5A).contains($0 & 0xDF)
        }
        switch letters.count {
        case 15 where isNumber(letters[...]): return "cn-rid"
        case 18:
            let hasDate = DateFormat.compact.date(letters[6..<14]) != nil
            if isNumber(letters[..<17]), hasDate { return "cn-rid" }
            return isCode ? "cn-uscc" : nil
        case 20 where isCode: return "lei"
        default: return nil
        }
    }
}
