/// Why a node does not start or a command on its home fails. The operator is asked to act; texts
/// name files and keys of the configuration, never secrets.
public enum NodeError: Error, Equatable, Sendable {
    /// A file is missing, unreadable or not what it should be.
    case file(String, String)
    /// The configuration is wrong at a key.
    case configuration(key: String, String)
    /// The directory does not fit this node.
    case directory(String)
    /// The certificate or its key is of no use.
    case certificate(String)
    /// A backup is not whole, or not of this home.
    case backup(String)
    /// The node runs already, or its store is in use.
    case inUse(String)
    /// The exchange log does not hold what it promised.
    case log(LogFault, String)
    /// A member's move to this node or from it does not go on; nothing was changed.
    case move(MoveRefusal, String)
    /// Something else, with what to do.
    case failed(String)
}

/// What is wrong with an exchange log; the raw value is the code of protocol/errors.md.
public enum LogFault: String, Sendable {
    /// It has fewer entries than were promised.
    case truncated = "log-truncated"
    /// It has other entries than were promised.
    case altered = "log-altered"
    /// The record of what was promised is gone or unreadable.
    case record = "log-record"
    /// A witness holds that the log was larger, or another one.
    case witnessed = "log-witnessed"
    /// The home has no key of this log.
    case key = "log-key"
    /// The home was brought back from a backup, and nobody confirmed its log.
    case restored = "log-restored"
}

/// Why a move does not go on; the raw value is the code of protocol/errors.md.
public enum MoveRefusal: String, Sendable {
    /// It is no file of a move, was cut off or altered, or is sealed to a key that is not here.
    case file = "move-file"
    /// Another version of CreditMesh wrote it.
    case version = "move-version"
    /// It is of another member, node or consortium, or not signed by the node that is named.
    case other = "move-other"
    /// The node has a book of the member already.
    case notEmpty = "move-not-empty"
    /// Something in it does not open.
    case unopened = "move-unopened"
}

extension NodeError: CustomStringConvertible {
    /// One sentence: what, where, what to do.
    public var description: String {
        switch self {
        case .file(let path, let what): "\(path): \(what)"
        case .configuration(let key, let what): "node.yaml, \(key): \(what)"
        case .directory(let what): "directory: \(what)"
        case .certificate(let what), .backup(let what), .inUse(let what), .log(_, let what),
            .move(_, let what), .failed(let what):
            what
        }
    }
}
