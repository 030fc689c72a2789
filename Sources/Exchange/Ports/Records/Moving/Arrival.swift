import Membership

/// Which move it is.
public struct MoveStamp: Sendable, Equatable {
    /// Who moves.
    public let member: MemberID
    /// The node that it came from.
    public let source: NodeID
    /// The move's name: 32 random bytes.
    public let name: [UInt8]
    /// Now.
    public let at: Timestamp
    /// The data key under which the new node seals, itself sealed to the member's rekey key.
    public let keyBox: [UInt8]

    /// Makes a stamp.
    public init(
        member: MemberID, source: NodeID, name: [UInt8], at: Timestamp, keyBox: [UInt8]
    ) {
        (self.member, self.source, self.name) = (member, source, name)
        (self.at, self.keyBox) = (at, keyBox)
    }
}

/// What came of a member with a move.
public struct Arrival: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// The node that it came from.
    public let source: NodeID
    /// When it came.
    public let at: Timestamp
    /// Rows by table, without those that had none.
    public let taken: [String: Int]
    /// Rows that were left out, because they hang on something that did not open.
    public let left: [String: Int]

    /// Makes a record.
    public init(
        member: MemberID, source: NodeID, at: Timestamp, taken: [String: Int], left: [String: Int]
    ) {
        (self.member, self.source, self.at) = (member, source, at)
        (self.taken, self.left) = (taken, left)
    }
}
