/// Why bytes are not the JSON that was asked for. The sender is at fault; sending the same bytes
/// again fails again. No case carries a value of the document.
public enum JSONError: Error, Equatable, Sendable {
    /// Not JSON, or JSON that the protocol forbids (too deep, too long, duplicate member, …).
    /// `offset` is a byte offset into the document.
    case malformed(Malformation, offset: Int)
    /// A member that the message requires is not there. `path` like `queries[3].token`.
    case missing(path: String)
    /// A member is there but does not fit. `expected` says what does.
    case mismatch(path: String, expected: String)
    /// A member that the message does not know. Names of unknown members are not repeated.
    case unknownMember(path: String)

    /// What is wrong with the bytes.
    public enum Malformation: String, Sendable {
        case syntax = "not JSON"
        case utf8 = "not UTF-8"
        case duplicateMember = "the same member twice in one object"
        case depth = "nested too deep"
        case stringLength = "a string that is too long"
        case integerRange = "an integer beyond ±(2^53−1)"
        case trailing = "bytes after the document"
        case size = "too many bytes"
    }
}

extension JSONError: CustomStringConvertible {
    /// One line for people: what is wrong and where, without any value of the document.
    public var description: String {
        switch self {
        case .malformed(let what, let offset): "\(what.rawValue) at byte \(offset)"
        case .missing(let path): "\(path) is missing"
        case .mismatch(let path, let expected): "\(path) must be \(expected)"
        case .unknownMember(let path): "an unknown member in \(path)"
        }
    }
}
