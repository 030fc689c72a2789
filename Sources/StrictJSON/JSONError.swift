/// Why bytes are not the document that was asked for. The sender is at fault; sending the same bytes
/// again fails again. No case carries a value of the document.
public enum JSONError: Error, Equatable, Sendable {
    /// Not readable as JSON within the limits; `offset` counts bytes from 0.
    case malformed(JSONFault, offset: Int)
    /// A member that the message requires is not there. `path` like `queries[3].token`.
    case missing(path: String)
    /// A member is there but does not fit. `expected` says what does.
    case mismatch(path: String, expected: String)
    /// A member that the message does not know. Names of unknown members are not repeated.
    case unknownMember(path: String)
}

extension JSONError: CustomStringConvertible {
    /// One line for people: what is wrong and where, without any value of the document.
    public var description: String {
        switch self {
        case .malformed(let fault, let offset): "\(fault), at byte \(offset)"
        case .missing(let path): "\(path) is missing"
        case .mismatch(let path, let expected): "\(path) must be \(expected)"
        case .unknownMember(let path): "an unknown member in \(path)"
        }
    }
}
