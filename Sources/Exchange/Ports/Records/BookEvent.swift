import Book
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Something in a lender's book of which the log is told: a consent or a dispute that came or went.
public struct BookEvent: Sendable, Equatable {
    /// What it is about.
    public enum Content: Sendable, Equatable {
        /// A consent of the book, as it stood when it was taken up.
        case consent(HeldConsent)
        /// What is disputed about an account; nil when the dispute is over.
        case dispute(DisputeKind?, of: AccountReference)
    }

    /// What it is about.
    public let content: Content
    /// The value to which the entry commits, and which lies with its evidence: JSON in one spelling
    /// (protocol/log.md, "Consents and disputes"). It is needed more than once, and written once.
    public let value: [UInt8]

    /// Makes an event.
    public init(_ content: Content) {
        self.content = content
        value = content.json.encoded
    }

    /// Events are equal that are about the same, whatever number a consent has.
    public static func == (left: BookEvent, right: BookEvent) -> Bool {
        left.content == right.content
    }
}

extension BookEvent {
    /// Most bytes of the value to which an entry commits: sixteen purposes and times.
    public static let valueBytesMax = 8192
}

extension BookEvent.Content {
    fileprivate var json: JSONValue {
        switch self {
        case .consent(let consent): consent.eventJSON
        case .dispute(let kind, let account):
            .members([
                "account": .string(Base64URL.encode(account.bytes)),
                "dispute": kind.map { .string($0.rawValue) },
            ])
        }
    }
}

extension HeldConsent {
    fileprivate var eventJSON: JSONValue {
        .members([
            "consent": number.map(JSONValue.integer),
            "basis": .string(basis.rawValue),
            "purposes": .array(purposes.map(JSONValue.string)),
            "grantedAt": .string(grantedAt.description),
            "expiresAt": expiresAt.map { .string($0.description) },
            "evidenceDigest": evidenceDigest.map { .string(SHA256Text.write($0)) },
            "withdrawnAt": withdrawnAt.map { .string($0.description) },
        ])
    }
}

/// Events of one member and one kind that were taken up together, for one entry.
public struct TakenEvents: Sendable, Equatable {
    /// What the entry will say.
    public let type: LogEntryType
    /// Whose book.
    public let member: MemberID
    /// The root over the commitments, 32 bytes: by it the entry is found.
    public let itemsRoot: MerkleHash
    /// The size of the log when they were taken up: their entry stands nowhere before it.
    public let logSize: Int

    /// Makes a record.
    public init(type: LogEntryType, member: MemberID, itemsRoot: MerkleHash, logSize: Int) {
        self.type = type
        self.member = member
        self.itemsRoot = itemsRoot
        self.logSize = logSize
    }
}
