import HTTPTypes
import Pseudonym

/// The paths of the peer protocol (protocol/messages.md). Server and client share them.
enum PeerRoute: Equatable {
    case evaluations
    case manifest
    /// A filter by the SHA-256 of its bytes.
    case filter(SHA256Digest)
    case queries
    case node

    /// The route of a request target; nil when there is none. Only the one spelling is a route: no
    /// query, no escapes, no trailing slash.
    init?(path: String) {
        switch path {
        case "/v1/evaluations": self = .evaluations
        case "/v1/manifest": self = .manifest
        case "/v1/queries": self = .queries
        case "/v1/node": self = .node
        default:
            guard path.hasPrefix(Self.filterPrefix),
                let digest = SHA256Digest(
                    hexadecimal: path.utf8.dropFirst(Self.filterPrefix.utf8.count))
            else { return nil }
            self = .filter(digest)
        }
    }

    /// The path as it stands in a request.
    var path: String {
        switch self {
        case .filter(let digest): Self.filterPrefix + digest.hexadecimal
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
        }
    }

    /// The one method that the path takes.
    var method: HTTPRequest.Method {
        switch self {
        case .evaluations, .queries: .post
        case .manifest, .filter, .node: .get
        }
    }

    /// Whether a request must be signed; then the answer is, too.
    var isSigned: Bool {
        switch self {
        case .evaluations, .queries, .manifest, .filter: true
        case .node: false
        }
    }

    private static let filterPrefix = "/v1/filters/"
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
