import HTTPTypes

/// What can be asked of the local API, and whose token it takes (protocol/local-api.md). The server
/// answers these and nothing else.
public enum LocalRoute: String, CaseIterable, Sendable {
    /// One question to all lenders.
    case reports = "POST /api/v1/reports"
    /// One account of a member's book.
    case account = "PUT /api/v1/book/accounts/:ref"
    /// References of a member's account numbers.
    case references = "POST /api/v1/book/references"
    /// A member's own entries of the log.
    case exchanges = "GET /api/v1/exchanges"
    /// Makes the coming pseudonym key.
    case nextKey = "POST /api/v1/pseudonym-key/next"
    /// Destroys pseudonym keys that have left.
    case retiredKeys = "POST /api/v1/pseudonym-key/retire"
    /// What is held against logs.
    case alarms = "GET /api/v1/alarms"
    /// How the node stands.
    case status = "GET /api/v1/status"
    /// Whether each other node answers, and reaches this one.
    case peers = "GET /api/v1/peers"
    /// What the node counts.
    case metrics = "GET /metrics"

    /// Whose token a route takes.
    public enum Audience: Sendable {
        /// The token of the member that the request is about.
        case member
        /// The token of the node's operator.
        case nodeOperator
    }

    /// Whose token it takes.
    public var audience: Audience {
        switch self {
        case .reports, .account, .references, .exchanges: .member
        case .nextKey, .retiredKeys, .alarms, .status, .peers, .metrics: .nodeOperator
        }
    }

    /// Its method.
    public var method: HTTPRequest.Method {
        switch self {
        case .reports, .references, .nextKey, .retiredKeys: .post
        case .account: .put
        case .exchanges, .alarms, .status, .peers, .metrics: .get
        }
    }

    /// Its path; a part that begins with a colon stands for any text.
    public var path: String { String(rawValue.drop { $0 != "/" }) }
}
