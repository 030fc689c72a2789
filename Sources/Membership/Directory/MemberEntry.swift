/// A member of the consortium: a business with its own keys, served by one node (protocol.md §1).
public struct MemberEntry: Sendable, Equatable {
    /// What a member may do.
    public enum Role: String, Sendable, CaseIterable {
        /// Publishes its book and asks about borrowers.
        case lender
        /// Reads the logs of the members that it supervises and opens blind queries.
        case regulator
        /// Nothing yet (protocol.md §8 "Roles").
        case servicer
    }

    /// Whether a member takes part.
    public enum Status: String, Sendable, CaseIterable {
        /// Invented subjects only, among members on trial.
        case trial
        /// Asks and answers.
        case active
        /// Not asked and not answered for now; every report shows it as `not-asked`.
        case suspended
        /// Gone for good; the entry keeps its id from being used again.
        case withdrawn
    }

    /// The member's id.
    public let id: MemberID
    /// The business's name in its register.
    public let legalName: String
    /// The node that serves it.
    public let node: NodeID
    /// What it may do.
    public let role: Role
    /// Whether it takes part.
    public let status: Status
    /// The keys that sign its requests.
    public let requestKeys: [SigningKeyEntry]
    /// For a regulator: the members whose logs it may read.
    public let supervises: [MemberID]
    /// For a regulator: its keys for opening blind queries, one a month.
    public let openingKeys: [OpeningKeyEntry]
    /// For a regulator: the key that signs its denials.
    public let denialKey: VerifierKey?

    /// An entry; its values are checked when the directory is made.
    public init(
        id: MemberID, legalName: String, node: NodeID, role: Role, status: Status = .active,
        requestKeys: [SigningKeyEntry] = [], supervises: [MemberID] = [],
        openingKeys: [OpeningKeyEntry] = [], denialKey: VerifierKey? = nil
    ) {
        self.id = id
        self.legalName = legalName
        self.node = node
        self.role = role
        self.status = status
        self.requestKeys = requestKeys
        self.supervises = supervises
        self.openingKeys = openingKeys
        self.denialKey = denialKey
    }

    /// The same entry in another status.
    public func with(_ status: Status) -> MemberEntry {
        MemberEntry(
            id: id, legalName: legalName, node: node, role: role, status: status,
            requestKeys: requestKeys, supervises: supervises, openingKeys: openingKeys,
            denialKey: denialKey)
    }

    /// The same entry with other keys of requests.
    public func with(requestKeys: [SigningKeyEntry]) -> MemberEntry {
        MemberEntry(
            id: id, legalName: legalName, node: node, role: role, status: status,
            requestKeys: requestKeys, supervises: supervises, openingKeys: openingKeys,
            denialKey: denialKey)
    }

    /// The name that the protocol prescribes for a regulator's denial key (protocol.md §8).
    public static func denialKeyName(of member: MemberID, in consortium: ConsortiumID) -> String {
        "\(consortium)/deny/\(member)"
    }
}
