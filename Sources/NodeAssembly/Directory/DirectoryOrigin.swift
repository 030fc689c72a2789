import Foundation

/// Where a node finds the consortium's repository.
public struct DirectoryOrigin: Sendable, Equatable {
    /// The authority's public URL, under which the files lie.
    public var authority: String
    /// A root that is trusted, to begin with.
    public var root: URL
    /// Certificates under which the authority's server must be, PEM; nil for those of the system.
    public var certificates: URL?

    /// Names an origin.
    public init(authority: String, root: URL, certificates: URL? = nil) {
        self.authority = authority
        self.root = root
        self.certificates = certificates
    }

    /// Whether an URL may be an authority's: `https`, or `http` on this machine, for trials. What
    /// comes from there is signed; `https` keeps others from reading who is asked for what.
    static func isAuthority(_ url: String) -> Bool {
        guard let parsed = URLComponents(string: url), let host = parsed.host, !host.isEmpty,
            parsed.query == nil, parsed.fragment == nil, parsed.user == nil
        else { return false }
        switch parsed.scheme {
        case "https": return true
        case "http": return ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
        default: return false
        }
    }
}

extension DirectoryOrigin {
    /// Takes the keys of an origin; nil when the file names none.
    init?(_ keys: inout YAMLKeys, relativeTo folder: URL) throws(NodeError) {
        guard let authority = keys.optional("directory.authority") else { return nil }
        guard Self.isAuthority(authority) else {
            throw .configuration(
                key: "directory.authority", "must be an https URL without query")
        }
        let file = { (path: String) in
            URL(filePath: path, relativeTo: folder).standardizedFileURL
        }
        self.init(
            authority: authority, root: file(try keys.required("directory.root")),
            certificates: keys.optional("directory.certificates").map(file))
    }

    /// The origin as `node.yaml` writes it.
    var yaml: String {
        "directory:\n  authority: \(authority)\n  root: \(root.path)"
            + (certificates.map { "\n  certificates: \($0.path)" } ?? "")
    }
}
