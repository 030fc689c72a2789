import Membership
import PeerHTTP

/// What a join says while it goes on.
public enum JoinProgress: Sendable, Equatable {
    /// The authority is the one that the token names; who is invited.
    case invited(Invitation)
    /// The keys are made; what officers are to compare.
    case keysMade(fingerprint: String)
    /// Officers have not approved yet, or the authority does not answer at the moment.
    case waiting(isReachable: Bool)
    /// The home is in its place.
    case installed(path: String)
    /// The directory was fetched.
    case fetched(version: Int)
}

/// The points between which a join changes something that lasts: after each of them it may be cut off,
/// and the same command goes on. Tests cut it off there.
package enum JoinStep: CaseIterable, Sendable {
    /// Folders and some keys lie apart.
    case making
    /// All keys are made, under a name that says so.
    case made
    /// The authority has the keys.
    case keysSent
    /// The authority has the request.
    case requestSent
    /// The certificate came.
    case certificateReceived
    /// The certificate lies beside the keys.
    case certificateWritten
    /// The home is in its place.
    case installed
    /// The directory is there.
    case fetched
}

/// Why a join does not go on.
public enum JoinError: Error, Sendable, Equatable {
    /// The new home, or something in it.
    case home(NodeError)
    /// The authority's service.
    case authority(EnrolmentFailure)
    /// `1.root.json` is not the one that the token names.
    case otherRoot
    /// The keys that were made here are for another invitation.
    case otherInvitation(folder: String)
}

extension JoinError: CustomStringConvertible {
    /// One sentence: what, and what to do.
    public var description: String {
        switch self {
        case .home(let error): "\(error)"
        case .authority(.unreachable): "the authority does not answer; try again later"
        case .authority(.untrusted):
            "whoever answers is not the authority that the token names; tell the authority"
        case .authority(.malformed): "the authority's answer cannot be read"
        case .authority(.refused(let code)): "the authority refuses: \(code)"
        case .otherRoot: "the authority's first root is not the one that the token names"
        case .otherInvitation(let folder):
            "\(folder) has the keys of another invitation; remove the folder to begin anew"
        }
    }
}
