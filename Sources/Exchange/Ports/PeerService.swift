import HTTPSignatures
import Membership
import StrictJSON
import TransparencyLog

/// What a node answers to its peers: the business side of the peer protocol, without HTTP.
///
/// The caller has a certificate that verified and names an active node of the current directory, and
/// a member of that node signed the request; everything else (member, role, kid, batch, items, quota)
/// is judged here.
public protocol PeerService: Sendable {
    /// Judges who asks, before the content is looked at.
    func admit(_ caller: Caller) throws(Problem)

    /// Judges whom the request names and under which key, before the batch and its items are looked at
    /// (protocol/messages.md, order of checks).
    func admit(_ member: MemberID, kid: String, from caller: Caller) throws(Problem)

    /// `POST /v1/evaluations`.
    func evaluate(
        _ request: EvaluationRequest, from caller: Caller
    ) async throws(Problem) -> EvaluationAnswer

    /// `GET /v1/manifest`.
    func manifest(for caller: Caller) async throws(Problem) -> Manifest

    /// `GET /v1/filters/<hex digest>`; `digest` is 32 bytes.
    func filter(digest: [UInt8], for caller: Caller) async throws(Problem) -> [UInt8]

    /// `POST /v1/queries`.
    func query(
        _ request: QueryRequest, from caller: Caller
    ) async throws(Problem) -> QueryAnswer

    /// Uses up the nonce of a request that leaves no entry in the log.
    ///
    /// - Throws: `nonce-replayed`, `overloaded`, `internal`.
    func use(_ request: VerifiedRequest) async throws(Problem)

    /// Writes an answered call into the log, and uses up its nonce: before the answer leaves. The
    /// receipt goes with a 200.
    ///
    /// - Throws: as `use`; then the answer must not leave.
    func record(_ call: AnsweredCall) async throws(Problem) -> Receipt

    /// `GET /v1/node`: what this node is; for every node of the directory.
    func node() async throws(Problem) -> NodeStatement
}

/// `GET /v1/node` (protocol/messages.md).
public struct NodeStatement: Sendable, Equatable {
    /// The node.
    public let node: NodeID
    /// The software's version.
    public let version: String
    /// Optional parts of the protocol that this node speaks.
    public let features: [String]
    /// The current pseudonym key.
    public let kid: String
    /// The node's time.
    public let asOf: Timestamp

    /// Makes a statement.
    public init(node: NodeID, version: String, features: [String], kid: String, asOf: Timestamp) {
        self.node = node
        self.version = version
        self.features = features
        self.kid = kid
        self.asOf = asOf
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "node": .string(node.description),
            "version": .string(version),
            "features": .array(features.map(JSONValue.string)),
            "kid": .string(kid),
            "asOf": .string(asOf.description),
        ]
    }
}

/// Where the current directory comes from. It may change between two requests; whoever decides
/// something asks for it anew and uses one value for the whole decision.
public protocol DirectorySource: Sendable {
    /// The directory as it is now.
    var current: Directory { get }
    /// The newest that was verified, as it was issued. When it has expired, ``current`` is another one.
    var issued: Directory { get }
    /// When ``issued`` expires; nil where it never does.
    var expires: Timestamp? { get }
}

extension DirectorySource {
    /// Without an expiry, that in force.
    public var issued: Directory { current }
    /// Never.
    public var expires: Timestamp? { nil }
}
