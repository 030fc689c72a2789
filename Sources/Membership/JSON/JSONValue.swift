/// A JSON document as it was written: members keep their order, so that what is read can be written
/// again byte for byte. Numbers are integers, the only ones the protocol knows (protocol.md §0).
enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// The kind, as errors name it.
    var kind: JSONKind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer: .integer
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

/// One `"key": value` of an object.
struct JSONMember: Sendable, Equatable {
    let key: String
    let value: JSONValue

    /// Whether the key is `other`, byte for byte. Swift's `==` also takes canonically equivalent
    /// texts for equal (U+212A for `K`), which other readers of the document do not.
    func hasKey(_ other: String) -> Bool {
        key.utf8.elementsEqual(other.utf8)
    }
}

/// The kinds of JSON values, in the words that errors use.
public enum JSONKind: String, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean
    /// A number without fraction and exponent.
    case integer
    /// Text in quotes.
    case string
    /// A list in square brackets.
    case array
    /// Members in curly brackets.
    case object
}

extension JSONValue {
    /// An object of the members that have a value, in the given order.
    static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(
            members.compactMap { key, value in value.map { JSONMember(key: key, value: $0) } })
    }

    /// A list of strings.
    static func strings(_ texts: [some CustomStringConvertible]) -> JSONValue {
        .array(texts.map { .string($0.description) })
    }
}
