/// Text in columns of a terminal, where Chinese characters take two.
enum DisplayText {
    /// Columns that a text takes (Unicode UAX #11: wide and full-width count two).
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// The text with spaces behind it up to a width; unchanged when it is wider.
    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }

    /// The text cut to a width, with an ellipsis when something was cut.
    static func fitted(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        var fitted = ""
        var used = 0
        for character in text {
            let wanted = width(String(character))
            guard used + wanted <= columns - 1 else { break }
            fitted.append(character)
            used += wanted
        }
        return fitted + "…"
    }

    /// The words of a text in lines of at most that width; a Chinese character is a word.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words(text) {
            let isFirst = line.isEmpty
            if !isFirst, width(line) + width(word.trimmedEnd) > columns {
                lines.append(line.trimmedEnd)
                line = ""
            }
            line += word
        }
        if !line.isEmpty { lines.append(line.trimmedEnd) }
        return lines
    }

    /// Pieces between which a line may break, spaces kept at their ends.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            word.append(character)
            if character == " " || width(String(character)) == 2 {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}
