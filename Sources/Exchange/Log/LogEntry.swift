import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// What a log says of one event. It can never be taken back, so that nothing in it says who a subject
/// is: for that there are commitments, whose salts lie with the evidence and go with it.
///
/// Source: protocol/log.md, "Entries".
public struct LogEntry: Hashable, Sendable {
    /// What happened.
    public let type: LogEntryType
    /// When, by the log's own clock.
    public let at: Timestamp
    /// The node whose log it is.
    public let node: NodeID
    /// The log's own member where there is one: who asks, publishes or records.
    public var member: MemberID?
    /// The node on the other side.
    public var peer: NodeID?
    /// The member on the other side.
    public var peerMember: MemberID?
    /// Both sides are members of this node.
    public var isLocal = false
    /// Elements, queries, tokens, consents or members; not negative.
    public var count: Int?
    /// How the queries ended; the asker's side alone.
    public var outcomes: LogOutcomes?
    /// The filters that were used, or published.
    public var filter = LogFilters.none
    /// The pseudonym key.
    public var kid: KeyID?
    /// SHA-256 of the request's signature base, 32 bytes: by it both sides' entries find each other.
    public var request: MerkleHash?
    /// SHA-256 of the answer's signature base, 32 bytes.
    public var response: MerkleHash?
    /// The root over the commitments to the items.
    public var itemsRoot: MerkleHash?
    /// Why was asked.
    public var purpose: Purpose?
    /// By which way the own people asked.
    public var channel: LogChannel?
    /// The commitment to who of the own people asked.
    public var operatorCommitment: Commitment?
    /// The commitment to the case for which was asked.
    public var caseCommitment: Commitment?
    /// Until when the evidence is kept.
    public var retainUntil: Timestamp?
    /// The path of what a regulator read.
    public var target: String?
    /// The lender's statement as it was published, or SHA-256 of it.
    public var statement: LogStatement?
    /// SHA-256 of the directory by which the node works from now on, 32 bytes.
    public var directory: MerkleHash?
    /// Its version, not negative.
    public var directoryVersion: Int?
    /// SHA-256 of the record of what was deleted of a member that left, 32 bytes.
    public var record: MerkleHash?
    /// What a regulator denies from now on.
    public var denial: LogDenial?

    /// An entry with nothing but what each has.
    public init(_ type: LogEntryType, at: Timestamp, node: NodeID) {
        self.type = type
        self.at = at
        self.node = node
    }
}

extension LogEntry {
    /// Most bytes of an entry about an exchange, so that a receipt fits its header field.
    public static let exchangeBytesMax = 1024
    /// Most bytes of any other entry: a little less than a bundle's length can say.
    public static let bytesMax = 60_000
    /// Most filters that an entry names one by one; of more it has the root.
    public static let filtersMax = 3
    /// Most bytes of what a regulator read.
    public static let targetBytesMax = 128
    /// The version of the form.
    public static let version = 1

    /// Most bytes of an entry of this type.
    var bytesMax: Int { type.isOfExchange ? Self.exchangeBytesMax : Self.bytesMax }
}

/// How the queries of a request ended, as the asker reads the answer.
public struct LogOutcomes: Hashable, Sendable {
    /// Something was disclosed.
    public let found: Int
    /// Nothing was held.
    public let none: Int
    /// The answerer refused.
    public let refused: Int

    /// Counts; none is negative.
    public init(found: Int, none: Int, refused: Int) {
        self.found = found
        self.none = none
        self.refused = refused
    }
}

/// By which way the asker's own people asked.
public enum LogChannel: String, Sendable, CaseIterable {
    /// A person, in the console or on the command line.
    case console
    /// A program, one subject at a time.
    case api
    /// A program, many subjects at a time.
    case batch
}
