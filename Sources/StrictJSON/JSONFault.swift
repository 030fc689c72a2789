/// What makes a document unreadable before its meaning is looked at. The writer of the document is
/// at fault.
public enum JSONFault: Error, Sendable, Equatable {
    /// Something else than JSON's grammar allows stands here, or the document ends too early.
    case syntax
    /// Bytes after the document's end.
    case trailingBytes
    /// A string that is not valid UTF-8, or an escape of half a surrogate pair.
    case invalidText
    /// An object has the same name twice.
    case duplicateMember
    /// An integer beyond ``JSONLimits/integerMax``.
    case integerRange
    /// Nested too deep.
    case tooDeep
    /// A string, or a number's text, is too long.
    case tooLong
    /// An object with more than ``JSONLimits/membersMax`` members.
    case tooManyMembers
    /// More than ``JSONLimits/valuesMax`` values.
    case tooManyValues
    /// More bytes than the document may have.
    case tooLarge
}

extension JSONFault: CustomStringConvertible {
    /// The rule that is broken; never a piece of the document.
    public var description: String {
        switch self {
        case .syntax: "not JSON (RFC 8259)"
        case .trailingBytes: "there are bytes after the end of the document"
        case .invalidText: "a string is not valid UTF-8"
        case .duplicateMember: "an object has the same member twice"
        case .integerRange: "integers must lie within ±(2^53 − 1)"
        case .tooDeep: "nested too deep"
        case .tooLong: "a string is too long"
        case .tooManyMembers: "an object has more than \(JSONLimits.membersMax) members"
        case .tooManyValues: "more than \(JSONLimits.valuesMax) values"
        case .tooLarge: "the document is too large"
        }
    }
}
