import Membership
import TUF

/// Why the authority's tools do not go on. Whoever runs them is asked to act; texts name files, never
/// what is secret in them.
public enum AuthorityError: Error, Equatable, Sendable {
    /// A file is missing, or not what it should be.
    case file(String, String)
    /// A key's file opens with another passphrase, or with none.
    case passphrase(String)
    /// The drafts do not fit what is published, or are not ready.
    case draft(String)
    /// A `members.json` that no node would take.
    case directory(String)
    /// An id that the published directory lists neither as a node nor as a member.
    case unknownID(String)
    /// A node or member whose present status does not allow what is to be done; the text says which.
    case status(String)
    /// What would be published, every client would refuse.
    case refused(UpdateError)
    /// An invitation, or what came for one, that does not fit.
    case enrolment(EnrolmentRefusal)
}

extension AuthorityError: CustomStringConvertible {
    /// One sentence: what, and what to do.
    public var description: String {
        switch self {
        case .file(let name, let what): "\(name): \(what)"
        case .passphrase(let name): "\(name): the passphrase is not that of this key"
        case .draft(let what), .directory(let what): what
        case .unknownID(let id): "the directory lists no node and no member '\(id)'"
        case .status(let what): what
        case .enrolment(let refusal): refusal.detail
        case .refused(let error): "nothing was published, since nodes would refuse it: \(error)"
        }
    }
}
