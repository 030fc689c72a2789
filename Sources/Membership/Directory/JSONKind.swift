import StrictJSON

/// The kinds of JSON values, in the words that errors use.
public enum JSONKind: String, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean
    /// A number without fraction and exponent.
    case integer
    /// A number with one of them; no member of a directory is one.
    case fraction
    /// Text in quotes.
    case string
    /// A list in square brackets.
    case array
    /// Members in curly brackets.
    case object
}

extension JSONValue {
    /// A list of strings.
    static func strings(_ texts: [some CustomStringConvertible]) -> JSONValue {
        .array(texts.map { .string($0.description) })
    }
}
