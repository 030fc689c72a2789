import Exchange
import HTTPTypes
import Pseudonym
import TransparencyLog

/// The paths of the peer protocol (protocol/messages.md). Server and client share them.
enum PeerRoute: Equatable {
    case evaluations
    case manifest
    /// A filter by the SHA-256 of its bytes.
    case filter(SHA256Digest)
    case queries
    case node
    /// What the log signed last.
    case checkpoint
    /// What enough witnesses cosigned last.
    case cosigned
    /// What was seen last of the caller's own log.
    case seen
    /// Hashes of the log.
    case tile(TileID)
    /// Entries of the log.
    case entries(EntryBundleID)
    /// What lies beside an entry; with the authority by which it is opened, where it is.
    case evidence(EntryIndex, authority: AuthorityReference?)
    /// A file of the directory's repository, by its name.
    case directory(DirectoryFileName)
    /// Which directory another node holds.
    case directoryNews
    /// The denials that count at the node.
    case denials
    /// A denial that is handed on.
    case newDenial
    /// Whether the node reaches the asker.
    case reachability

    /// The route of a request target; nil when there is none. Only the one spelling is a route: no
    /// escapes, no trailing slash, and no query but the authority of an opening.
    init?(path: String) {
        switch path {
        case "/v1/evaluations": self = .evaluations
        case "/v1/manifest": self = .manifest
        case "/v1/queries": self = .queries
        case "/v1/node": self = .node
        case "/v1/log/checkpoint": self = .checkpoint
        case "/v1/log/cosigned": self = .cosigned
        case "/v1/log/seen": self = .seen
        case "/v1/denials": self = .denials
        case "/v1/reachability": self = .reachability
        case "/v1/directory": self = .directoryNews
        default: self.init(variable: path)
        }
    }

    /// A route with a part that varies.
    private init?(variable path: String) {
        if path.hasPrefix(Self.logPrefix) {
            let rest = String(path.dropFirst(Self.logPrefix.count))
            if let bundle = EntryBundleID(path: rest) {
                self = .entries(bundle)
            } else if let tile = TileID(path: rest) {
                self = .tile(tile)
            } else {
                return nil
            }
        } else if path.hasPrefix(Self.evidencePrefix) {
            self.init(evidence: path.dropFirst(Self.evidencePrefix.count))
        } else if path.hasPrefix(Self.directoryPrefix) {
            let name = DirectoryFileName(String(path.dropFirst(Self.directoryPrefix.count)))
            guard let name else { return nil }
            self = .directory(name)
        } else {
            guard path.hasPrefix(Self.filterPrefix),
                let digest = SHA256Digest(
                    hexadecimal: path.utf8.dropFirst(Self.filterPrefix.utf8.count))
            else { return nil }
            self = .filter(digest)
        }
    }

    /// `<index>[?authority=<base64url>]`.
    private init?(evidence rest: Substring) {
        let parts = rest.split(
            separator: Self.authorityMark, maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.first, let index = Int(digits).flatMap({ EntryIndex($0) }),
            "\(index)" == digits
        else { return nil }
        let authority = parts.dropFirst().first.map { AuthorityReference(encoded: String($0)) }
        if case .some(nil) = authority { return nil }
        self = .evidence(index, authority: authority ?? nil)
    }

    /// The path as it stands in a request.
    var path: String {
        switch self {
        case .filter(let digest): Self.filterPrefix + digest.hexadecimal
        case .tile(let tile): Self.logPrefix + tile.path
        case .entries(let bundle): Self.logPrefix + bundle.path
        case .evidence(let index, let authority):
            Self.evidencePrefix + "\(index)"
                + (authority.map { Self.authorityMark + $0.encoded } ?? "")
        case .directory(let name): Self.directoryPrefix + name.text
        default: pattern
        }
    }

    /// The path with its variable part named, for logs.
    var pattern: String {
        switch self {
        case .evaluations: "/v1/evaluations"
        case .manifest: "/v1/manifest"
        case .filter: Self.filterPrefix + "{digest}"
        case .queries: "/v1/queries"
        case .node: "/v1/node"
        case .checkpoint: "/v1/log/checkpoint"
        case .cosigned: "/v1/log/cosigned"
        case .seen: "/v1/log/seen"
        case .tile: Self.logPrefix + "tile/{level}/{tile}"
        case .entries: Self.logPrefix + "tile/entries/{bundle}"
        case .evidence: Self.evidencePrefix + "{index}"
        case .directory: Self.directoryPrefix + "{file}"
        case .denials, .newDenial: "/v1/denials"
        case .reachability: "/v1/reachability"
        case .directoryNews: "/v1/directory"
        }
    }

    /// The route of the same path that takes a method; nil when there is none.
    func taking(_ method: HTTPRequest.Method) -> PeerRoute? {
        ([self] + (self == .denials ? [.newDenial] : [])).first { $0.method == method }
    }

    /// The methods that the path takes, as `Allow` names them.
    var allowedMethods: String {
        self == .denials ? "GET, POST" : method.rawValue
    }

    /// The method of a request for the route.
    var method: HTTPRequest.Method {
        switch self {
        case .evaluations, .queries, .newDenial, .directoryNews: .post
        case .manifest, .filter, .node, .checkpoint, .cosigned, .tile, .entries, .evidence,
            .directory, .denials, .reachability, .seen:
            .get
        }
    }

    /// What is asked there, where both sides log it.
    var subject: PeerMessage.Subject? {
        switch self {
        case .evaluations: .evaluation
        case .queries: .query
        case .manifest, .filter, .node, .checkpoint, .cosigned, .tile, .entries, .evidence,
            .directory, .directoryNews, .denials, .newDenial, .reachability, .seen:
            nil
        }
    }

    /// Whether a request must be signed; then the answer is, too.
    var isSigned: Bool {
        switch self {
        case .evaluations, .queries, .manifest, .filter, .entries, .evidence, .directory,
            .directoryNews, .denials, .newDenial, .reachability, .seen:
            true
        case .node, .checkpoint, .cosigned, .tile: false
        }
    }

    /// Whether a suspended node may ask, too: what it needs to prove, or to see proved, what was, and
    /// to learn who belongs. To a denied one nothing is open.
    var isOpenToSuspended: Bool {
        switch self {
        case .checkpoint, .cosigned, .seen, .tile, .directory, .directoryNews, .denials,
            .newDenial:
            true
        case .evaluations, .queries, .manifest, .filter, .node, .entries, .evidence,
            .reachability:
            false
        }
    }

    private static let filterPrefix = "/v1/filters/"
    private static let logPrefix = "/v1/log/"
    private static let evidencePrefix = "/v1/evidence/"
    private static let authorityMark = "?authority="
    private static let directoryPrefix = "/v1/directory/"
}

extension SHA256Digest {
    /// Reads 64 lower-case hexadecimal digits; nil for anything else.
    fileprivate init?(hexadecimal text: some Collection<UInt8>) {
        guard text.count == 2 * Self.count else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for letter in text {
            guard let value = Self.value(ofDigit: letter) else { return nil }
            if let first = high { bytes.append(first << 4 | value) }
            high = high == nil ? value : nil
        }
        self.init(bytes: bytes)
    }

    private static func value(ofDigit letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): letter - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
