import HTTPSignatures
import Membership

/// A request to a node, signed and not sent yet. It is sent once: another attempt needs another nonce,
/// and so another call.
public struct SignedCall: Sendable {
    /// Whom it asks.
    public let node: NodeEntry
    /// Which member of this node asks.
    public let member: MemberID
    /// What it asks.
    public let message: PeerMessage
    /// What was signed; the digest of its base names the exchange in both sides' logs.
    public let request: SignedRequest
    /// The request's body.
    public let body: [UInt8]

    /// A call.
    public init(
        node: NodeEntry, member: MemberID, message: PeerMessage, request: SignedRequest,
        body: [UInt8]
    ) {
        self.node = node
        self.member = member
        self.message = message
        self.request = request
        self.body = body
    }
}

/// What a node answered to a call, under a signature that was verified against the directory.
public struct PeerReply: Sendable {
    /// What came.
    public enum Content: Sendable, Equatable {
        /// A 200; the body is a message.
        case message
        /// A problem document; nil for a code that this version does not know.
        case refusal(ProblemCode?)
    }

    /// What came.
    public let content: Content
    /// The body as it came.
    public let body: [UInt8]
    /// The answer as it was signed.
    public let answer: SignedAnswer
    /// The field `Creditmesh-Receipt`, of which nothing was checked; nil when there is none, or more.
    public let receipt: String?

    /// A reply.
    public init(content: Content, body: [UInt8], answer: SignedAnswer, receipt: String? = nil) {
        self.receipt = receipt
        self.content = content
        self.body = body
        self.answer = answer
    }
}
