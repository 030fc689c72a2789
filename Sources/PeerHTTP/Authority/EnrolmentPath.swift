import HTTPTypes

/// The resources of an authority's service (protocol/enrolment.md).
enum EnrolmentPath: Equatable {
    /// A file of the repository.
    case repository(DirectoryFileName)
    /// The authority's certificate (RFC 7030 §4.1).
    case certificates
    /// A first certificate (RFC 7030 §4.2.1).
    case enrol
    /// Another one for a node that has one (RFC 7030 §4.2.2).
    case renew
    /// The invitation.
    case invitation
    /// The other public keys.
    case keys

    /// The path under which the files of the repository lie.
    static let repositoryFolder = "/directory/"
    private static let est = "/.well-known/est/"

    /// The path's text.
    var text: String {
        switch self {
        case .repository(let name): Self.repositoryFolder + name.text
        case .certificates: Self.est + "cacerts"
        case .enrol: Self.est + "simpleenroll"
        case .renew: Self.est + "simplereenroll"
        case .invitation: "/v1/enrolment"
        case .keys: "/v1/enrolment/keys"
        }
    }

    /// The method that the resource takes.
    var method: HTTPRequest.Method {
        switch self {
        case .repository, .certificates, .invitation: .get
        case .enrol, .renew, .keys: .post
        }
    }

    /// What the log calls it.
    var name: String {
        if case .repository = self { "repository" } else { text }
    }

    /// The resource at a path; nil where there is none.
    init?(_ path: String) {
        let plain: [EnrolmentPath] = [.certificates, .enrol, .renew, .invitation, .keys]
        if let found = plain.first(where: { $0.text == path }) {
            self = found
        } else if path.hasPrefix(Self.repositoryFolder),
            let name = DirectoryFileName(String(path.dropFirst(Self.repositoryFolder.count)))
        {
            self = .repository(name)
        } else {
            return nil
        }
    }
}
