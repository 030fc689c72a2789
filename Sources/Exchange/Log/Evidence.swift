import HTTPSignatures
import TransparencyLog

/// What lies beside an entry for as long as it may be needed: the messages with their signatures, and
/// what opens the entry's commitments. It can be deleted; every proof of the log goes on to hold.
///
/// It names subjects by tokens, and its answer is a record: it is as confidential as the book.
/// Printing it shows nothing.
///
/// Source: protocol/log.md, "Evidence".
public struct Evidence: Hashable, Sendable {
    /// The request; nil where nothing was asked of anyone.
    public var request: RequestEvidence?
    /// The answer; nil as long as there is none.
    public var answer: AnswerEvidence?
    /// The values of the items, in their order, where no request has them.
    public var items: [[UInt8]]
    /// The salts of the items in their order, then those of operator and case where the entry has
    /// them.
    public var salts: [CommitmentSalt]
    /// The sealed boxes of an openable evaluation, one an element.
    public var boxes: [[UInt8]]
    /// Of an answer that discloses something, the consents on which that rests, one list a query: one
    /// a summary, in their order.
    public var consents: [[RestingConsent]]

    /// Evidence of its parts.
    public init(
        request: RequestEvidence? = nil, answer: AnswerEvidence? = nil,
        items: [[UInt8]] = [], salts: [CommitmentSalt] = [], boxes: [[UInt8]] = [],
        consents: [[RestingConsent]] = []
    ) {
        self.request = request
        self.answer = answer
        self.items = items
        self.salts = salts
        self.boxes = boxes
        self.consents = consents
    }
}

extension Evidence {
    /// Most bytes of evidence in JSON: an answer of the greatest size in base64url, and the rest.
    public static let bytesMax = 16 * 1024 * 1024
    /// Most salts: one an element, operator and case.
    public static let saltsMax = 1026
    /// Most bytes of one sealed box.
    public static let boxBytesMax = 4096
}

/// A request with its header fields, as it was sent or came.
public struct RequestEvidence: Hashable, Sendable {
    /// The method.
    public let method: String
    /// The target as it was signed: endpoint, path and query.
    public let targetURI: String
    /// The header fields, in order.
    public let headers: [HeaderField]
    /// The content.
    public let body: [UInt8]

    /// A request.
    public init(method: String, targetURI: String, headers: [HeaderField], body: [UInt8]) {
        self.method = method
        self.targetURI = targetURI
        self.headers = headers
        self.body = body
    }
}

/// An answer with its header fields, as it was sent or came.
public struct AnswerEvidence: Hashable, Sendable {
    /// The status code.
    public let status: Int
    /// The header fields, in order.
    public let headers: [HeaderField]
    /// The content.
    public let body: [UInt8]

    /// An answer.
    public init(status: Int, headers: [HeaderField], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension Evidence: CustomStringConvertible, CustomReflectable {
    /// A label without content.
    public var description: String { "<evidence>" }

    /// A mirror without content.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension RequestEvidence: CustomStringConvertible, CustomReflectable {
    /// A label without content.
    public var description: String { "<request>" }

    /// A mirror without content.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension AnswerEvidence: CustomStringConvertible, CustomReflectable {
    /// A label without content.
    public var description: String { "<answer>" }

    /// A mirror without content.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
