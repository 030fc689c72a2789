/// The raw values of an enum of strings, read from its source.
enum SwiftEnum {
    /// The values in the order of the cases; nil when the file declares no such enum.
    static func rawValues(of name: String, in text: String) -> [String]? {
        let lines = SwiftSource.lines(of: text)
        guard
            let start = lines.firstIndex(where: { line in
                let words = line.code.words
                guard let place = words.firstIndex(of: "enum"), place + 1 < words.count else {
                    return false
                }
                return words[place + 1] == name + ":"
            })
        else { return nil }
        let indentation = lines[start].code.prefix { $0 == " " }.count
        let body = lines[(start + 1)...].prefix { line in
            line.code.isBlank || line.code.prefix { $0 == " " }.count > indentation
        }
        let cases = body.filter { line in
            line.code.prefix { $0 == " " }.count == indentation + 4
                && line.code.words.first == "case"
        }
        return cases.flatMap { values(ofCase: $0.text) }
    }

    /// The values of one line such as `case a, b = "c"`.
    private static func values(ofCase line: Substring) -> [String] {
        let list = line.drop { $0 == " " }.dropFirst("case ".count)
        return list.split(separator: ",").map { item in
            let parts = item.split(separator: "\"", omittingEmptySubsequences: false)
            if parts.count == 3 { return String(parts[1]) }
            return item.filter { $0.isLetter || $0.isNumber }
        }
    }
}

extension SwiftSource {
    /// A line as it stands, and what of it is code.
    struct Line {
        let text: Substring
        let code: Substring
    }

    /// The lines of a file.
    static func lines(of text: String) -> [Line] {
        let split = { (text: String) in
            text.split(separator: "\n", omittingEmptySubsequences: false)
        }
        return zip(split(text), split(SwiftSource(text).code)).map(Line.init)
    }
}

extension Substring {
    fileprivate var words: [Substring] { split(separator: " ") }
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
