/// The limits of every JSON document that this module reads (protocol.md §0; protocol/limits.md).
public enum JSONLimits {
    /// How deep arrays and objects may nest.
    public static let nestingMax = 16
    /// The longest string in bytes of UTF-8, escapes undone.
    public static let stringBytesMax = 4_096
    /// The most members of one object. It keeps the search for duplicate keys cheap.
    public static let membersMax = 64
    /// The most values in one document, which bounds the memory that a document of many tiny values
    /// can take.
    public static let valuesMax = 1_000_000
    /// The largest integer, 2^53 − 1; the smallest is its negative (RFC 7493 §2.2).
    public static let integerMax = 9_007_199_254_740_991
}

/// What makes a document unreadable before its meaning is looked at. The writer of the document is
/// at fault.
public enum JSONFault: Error, Sendable, Equatable {
    /// Something else than JSON's grammar allows stands here, or the document ends too early.
    case syntax
    /// Bytes after the document's end.
    case trailingBytes
    /// A string that is not valid UTF-8, or an escape of half a surrogate pair.
    case invalidText
    /// An object has the same key twice.
    case duplicateKey
    /// A number with a fraction or an exponent, or beyond ``JSONLimits/integerMax``.
    case notAnInteger
    /// Deeper than ``JSONLimits/nestingMax``.
    case tooDeep
    /// A string over ``JSONLimits/stringBytesMax``.
    case stringTooLong
    /// An object with more than ``JSONLimits/membersMax`` members.
    case tooManyMembers
    /// More than ``JSONLimits/valuesMax`` values.
    case tooManyValues
}

extension JSONFault: CustomStringConvertible {
    /// The rule that is broken; never a piece of the document.
    public var description: String {
        switch self {
        case .syntax: "not JSON (RFC 8259)"
        case .trailingBytes: "there are bytes after the end of the document"
        case .invalidText: "a string is not valid UTF-8"
        case .duplicateKey: "an object has the same key twice"
        case .notAnInteger: "numbers must be integers within ±(2^53 − 1)"
        case .tooDeep: "nested more than \(JSONLimits.nestingMax) deep"
        case .stringTooLong: "a string is longer than \(JSONLimits.stringBytesMax) bytes"
        case .tooManyMembers: "an object has more than \(JSONLimits.membersMax) members"
        case .tooManyValues: "more than \(JSONLimits.valuesMax) values"
        }
    }
}
