import HTTPSignatures
import Membership

/// Who calls a node: the node that the connection's certificate names, and the member whose key
/// signed the request. The node serves the member; status and role are not judged yet.
public struct Caller: Sendable {
    /// The node at the other end of the connection, active.
    public let node: NodeEntry
    /// The member that asks.
    public let member: MemberEntry

    /// A caller.
    public init(node: NodeEntry, member: MemberEntry) {
        self.node = node
        self.member = member
    }
}

/// A message with which a node is asked, and which both sides log.
public enum PeerMessage: Sendable {
    /// `POST /v1/evaluations`.
    case evaluation(EvaluationRequest)
    /// `POST /v1/queries`.
    case query(QueryRequest)

    /// What is asked.
    public var subject: Subject {
        switch self {
        case .evaluation: .evaluation
        case .query: .query
        }
    }

    /// The two kinds of asking.
    public enum Subject: Sendable, Equatable {
        /// For tokens.
        case evaluation
        /// For what is held under tokens.
        case query
    }
}
