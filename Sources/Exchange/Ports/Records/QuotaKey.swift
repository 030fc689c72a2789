import Membership

/// Who uses up a quota: a member asking through its node.
public struct QuotaKey: Sendable, Hashable {
    /// The asking node.
    public let node: NodeID
    /// The asking member.
    public let member: MemberID

    /// Makes a key.
    public init(node: NodeID, member: MemberID) {
        self.node = node
        self.member = member
    }
}
