/// Text in HTML and SVG. Whatever is not of this file's making goes through ``escaped(_:)``.
enum MarkupText {
    /// A text as content or as a quoted attribute. Control characters, which have no place in a page,
    /// become U+FFFD.
    static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "\t", "\n": output += " "
            default:
                output.unicodeScalars.append(
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                        ? "\u{FFFD}" : scalar)
            }
        }
        return output
    }

    /// An element with escaped content.
    static func element(_ name: String, _ attributes: String = "", _ text: String) -> String {
        "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(escaped(text))</\(name)>"
    }
}
