/// Text in columns of a terminal, where Chinese characters take two.
///
/// Some of it was written by others: what would move the cursor, hide or reorder what stands beside
/// it shows as a replacement character, so that no lender writes lines of the report itself.
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
        let text = harmless(text)
        guard width(text) > columns else { return text }
        return head(of: text, columns: columns - 1) + "…"
    }

    /// The words of a text in lines of at most that width; a Chinese character is a word, and a word
    /// that is wider than a line is broken.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words(harmless(text), columns: columns) {
            if !line.isEmpty, width(line) + width(word.trimmedEnd) > columns {
                lines.append(line.trimmedEnd)
                line = ""
            }
            line += word
        }
        if !line.isEmpty { lines.append(line.trimmedEnd) }
        return lines
    }

    /// The text with everything replaced that is no character to be seen.
    static func harmless(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            shown.append(scalar.properties.generalCategory.isHarmless ? scalar : "\u{FFFD}")
        }
        return String(shown)
    }

    /// Pieces between which a line may break, spaces kept at their ends, none wider than a line.
    private static func words(_ text: String, columns: Int) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            if width(word) + width(String(character)) > columns, character != " " {
                words.append(word)
                word = ""
            }
            word.append(character)
            if character == " " || width(String(character)) == 2 {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// As many characters from the start of a text as a width has room for.
    private static func head(of text: String, columns: Int) -> String {
        var head = ""
        var used = 0
        for character in text {
            used += width(String(character))
            guard used <= columns else { break }
            head.append(character)
        }
        return head
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x0300: 1
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x3029, 0x302E...0x303E, 0x3041...0x3098,
            0x309B...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF,
            0x1F200...0x1F2FF, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: scalar.properties.columns
        }
    }
}

extension Unicode.Scalar.Properties {
    /// Outside the blocks of Chinese, Japanese and Korean: marks lie over the letter before them,
    /// and of the rest only pictures are wide.
    fileprivate var columns: Int {
        switch generalCategory {
        case .nonspacingMark, .enclosingMark: 0
        default: isEmojiPresentation ? 2 : 1
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isHarmless: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}
