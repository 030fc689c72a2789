import Foundation

/// An identifier as it was typed, with what typing adds taken off.
struct TypedIdentifier {
    /// Without the white space around it; otherwise as typed.
    let trimmed: String

    /// For schemes whose normal form is of ASCII letters and digits: half-width (NFKC), upper case,
    /// without spaces, hyphens and invisible marks. 0 stands for what is not ASCII.
    let letters: [UInt8]

    init(_ raw: String) {
        trimmed = Self.trimmed(raw)
        // Nearly all are ASCII, of which nothing need be looked up; a book has millions.
        letters = Self.lettersOfASCII(trimmed) ?? Self.letters(trimmed)
    }

    private static func trimmed(_ raw: String) -> String {
        if let first = raw.utf8.first, let last = raw.utf8.last, first.isVisibleASCII,
            last.isVisibleASCII
        {
            return raw
        }
        let scalars = raw.unicodeScalars
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }
        return end.map { String(scalars[start...$0]) } ?? ""
    }

    /// The letters of any text.
    static func letters(_ text: String) -> [UInt8] {
        text.precomposedStringWithCompatibilityMapping.unicodeScalars
            .filter { !isFiller($0) }
            .map { $0.isASCII ? UInt8($0.value).uppercased : 0 }
    }

    /// The same of a text of visible ASCII and spaces, nil for any other.
    static func lettersOfASCII(_ text: String) -> [UInt8]? {
        var letters: [UInt8] = []
        letters.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            guard byte.isVisibleASCII || byte == UInt8(ascii: " ") else { return nil }
            let isFiller = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
            if !isFiller { letters.append(byte.uppercased) }
        }
        return letters
    }

    /// Whether this is how a spreadsheet writes a long number that it took for a quantity: 4.2E+17.
    var looksLikeSpreadsheetNumber: Bool {
        guard let exponent = letters.firstIndex(of: UInt8(ascii: "E")) else { return false }
        let mantissa = letters[..<exponent]
        let power = letters[letters.index(after: exponent)...]
        return mantissa.first?.isDigit == true
            && mantissa.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
            && mantissa.count { $0 == UInt8(ascii: ".") } <= 1
            && power.first == UInt8(ascii: "+")
            && (1...2).contains(power.count - 1)
            && power.dropFirst().allSatisfy(\.isDigit)
    }

    /// Spaces, hyphens of any length, and the marks of direction and joining that come with copied
    /// text.
    private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .format: true
        default: scalar.properties.isWhitespace || scalar == "\u{2212}"
        }
    }
}

extension UInt8 {
    /// Whether this is an ASCII digit.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether this is an ASCII character that can be seen.
    fileprivate var isVisibleASCII: Bool { (0x21...0x7E).contains(self) }

    /// Whether this is an ASCII capital letter.
    var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// The value of an ASCII digit.
    var digitValue: Int { Int(self) - Int(UInt8(ascii: "0")) }

    /// The value of an ASCII digit or capital letter where A counts 10 and Z 35.
    var base36Value: Int { isDigit ? digitValue : Int(self) - Int(UInt8(ascii: "A")) + 10 }

    /// The capital letter of a small one; anything else stays.
    var uppercased: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self
    }
}
