/// One JSON value as the peer protocol uses it: integers only, members in the order written.
///
/// A number with a fraction or an exponent has no place in the protocol; it is kept apart so that
/// an answer's unknown member can be skipped, and never fits where an integer is asked for.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case fraction
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// An object of the members that have a value; members with `nil` are left out.
    public static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }
}

/// A member of a JSON object.
public struct JSONMember: Sendable, Equatable {
    /// The member's name; unique within its object.
    public let name: String
    /// The member's value.
    public let value: JSONValue

    /// Makes a member.
    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }

    /// Whether the name is `other`, byte for byte. Swift's `==` also takes canonically equivalent
    /// texts for equal (U+212A for `K`), which other readers of the document do not.
    public func hasName(_ other: String) -> Bool {
        // Most names differ in their length, which costs nothing to compare.
        name.utf8.count == other.utf8.count && name.utf8.elementsEqual(other.utf8)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object with the members in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0, $1) })
    }
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
