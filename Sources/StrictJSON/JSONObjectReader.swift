/// Takes the members of one JSON object by name and type, and knows which were not taken.
///
/// A request ends with `refuseUnknown()`; an answer does not, so that a later version of a peer may
/// add members (protocol/messages.md, encodings).
public struct JSONObjectReader {
    private let path: String
    private var members: [JSONMember]

    /// Opens an object. `path` names it in errors, for example `queries[3]`.
    public init(_ value: JSONValue, path: String = "the message") throws(JSONError) {
        guard case .object(let members) = value else {
            throw .mismatch(path: path, expected: "an object")
        }
        self.path = path
        self.members = members
    }

    /// The path of a member of this object.
    public func path(_ name: String) -> String {
        path == "the message" ? name : "\(path).\(name)"
    }

    /// Takes a member; nil when it is absent or null.
    public mutating func optional(_ name: String) -> JSONValue? {
        guard let index = members.firstIndex(where: { $0.hasName(name) }) else { return nil }
        let value = members.remove(at: index).value
        return value == .null ? nil : value
    }

    /// Takes a member that must be there and not null.
    public mutating func required(_ name: String) throws(JSONError) -> JSONValue {
        guard let value = optional(name) else { throw .missing(path: path(name)) }
        return value
    }

    /// Fails when a member was not taken.
    public func refuseUnknown() throws(JSONError) {
        guard members.isEmpty else { throw .unknownMember(path: path) }
    }

    /// Takes an optional member and converts it; `expected` says what fits, for the error.
    public mutating func optional<Value>(
        _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws(JSONError) -> Value? {
        guard let value = optional(name) else { return nil }
        guard let converted = convert(value) else {
            throw .mismatch(path: path(name), expected: expected)
        }
        return converted
    }

    /// Takes a required member and converts it.
    public mutating func required<Value>(
        _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws(JSONError) -> Value {
        guard let value = try optional(name, expected, convert) else {
            throw .missing(path: path(name))
        }
        return value
    }
}

extension JSONValue {
    /// The text of a string.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an integer.
    public var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The value of a truth value.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of an array.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The strings of an array of strings.
    public var texts: [String]? {
        guard let elements else { return nil }
        let texts = elements.compactMap(\.text)
        return texts.count == elements.count ? texts : nil
    }
}
