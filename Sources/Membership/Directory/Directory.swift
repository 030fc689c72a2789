import StrictJSON

/// Who belongs to the consortium, with all keys: the content of `members.json` (protocol.md §8).
///
/// A value of this type has passed every check of a directory, so its readers check nothing again.
/// Look-ups by id take constant time. Where the file came from, and whether its signatures hold, is
/// not judged here.
public struct Directory: Sendable, Equatable {
    /// Grows by one with every change; a node never goes back to a smaller one.
    public let version: Int
    /// The consortium, which is also the SPIFFE trust domain.
    public let consortium: ConsortiumID
    /// The consortium's rules.
    public let charter: Charter
    /// The nodes, in the file's order.
    public private(set) var nodes: [NodeEntry]
    /// The members, in the file's order.
    public private(set) var members: [MemberEntry]
    /// The witnesses, in the file's order.
    public let witnesses: [WitnessEntry]

    /// By the id of a node or member, the regulators that deny it; empty as the officers sign it.
    public private(set) var denials: [String: [MemberID]] = [:]

    private let nodeIndices: [NodeID: Int]
    private let memberIndices: [MemberID: Int]
    private let memberIndicesByNode: [NodeID: [Int]]
    private let requesterIndices: [KeyName: Int]

    /// A directory from its file's bytes.
    ///
    /// - Throws: ``DirectoryError`` for the first rule that the file breaks.
    public init(json: [UInt8]) throws(DirectoryError) {
        try self.init(checking: DirectoryContent(json: json))
    }

    /// A directory from its parts. They go through the file's format, so that what was put together
    /// here has passed exactly the checks that every reader of the file makes.
    ///
    /// - Throws: ``DirectoryError`` for the first rule that the parts break.
    public init(
        version: Int, consortium: ConsortiumID, charter: Charter, nodes: [NodeEntry],
        members: [MemberEntry], witnesses: [WitnessEntry] = []
    ) throws(DirectoryError) {
        let content = DirectoryContent(
            version: version, consortium: consortium, charter: charter, nodes: nodes,
            members: members, witnesses: witnesses)
        try self.init(json: content.encoded())
    }

    private init(checking content: DirectoryContent) throws(DirectoryError) {
        var checks = DirectoryChecks(content: content)
        try checks.run()
        version = content.version
        consortium = content.consortium
        charter = content.charter
        nodes = content.nodes
        members = content.members
        witnesses = content.witnesses
        nodeIndices = checks.nodeIndices
        memberIndices = checks.memberIndices
        requesterIndices = checks.requesterIndices
        memberIndicesByNode = Dictionary(
            grouping: content.members.indices, by: { content.members[$0].node })
    }

    /// The node with this id, in any status.
    public func node(_ id: NodeID) -> NodeEntry? {
        nodeIndices[id].map { nodes[$0] }
    }

    /// The member with this id, in any status.
    public func member(_ id: MemberID) -> MemberEntry? {
        memberIndices[id].map { members[$0] }
    }

    /// The members that a node serves, in any status, in the file's order; empty for a node that is
    /// not in the directory.
    public func members(servedBy node: NodeID) -> [MemberEntry] {
        memberIndicesByNode[node, default: []].map { members[$0] }
    }

    /// The member whose requests are signed with the key of this id, in any status, and the key.
    public func requester(keyID: KeyName) -> (member: MemberEntry, key: SigningKeyEntry)? {
        guard let member = requesterIndices[keyID].map({ members[$0] }),
            let key = member.requestKeys.first(where: { $0.keyID == keyID })
        else { return nil }
        return (member, key)
    }

    /// The same directory with every node suspended: what holds when nobody can say any more who
    /// belongs (protocol/directory.md, "When it expires").
    public func closed() -> Directory {
        var closed = self
        closed.nodes = nodes.map { $0.status == .active ? $0.with(.suspended) : $0 }
        return closed
    }

    /// The same directory with nodes and members denied by regulators: they count as suspended
    /// (protocol/directory.md, "Denials"). Ids that it does not list change nothing.
    ///
    /// - Parameter denials: by the id, who denies it.
    public func denying(_ denials: [String: [MemberID]]) -> Directory {
        var denying = self
        denying.denials = denials
        guard !denials.isEmpty else { return denying }
        for id in denials.keys {
            if let index = NodeID(id).flatMap({ nodeIndices[$0] }), nodes[index].status == .active {
                denying.nodes[index] = nodes[index].with(.suspended)
            }
            if let index = MemberID(id).flatMap({ memberIndices[$0] }),
                members[index].status == .active || members[index].status == .trial
            {
                denying.members[index] = members[index].with(.suspended)
            }
        }
        return denying
    }

    /// The directory in which members of a node are withdrawn; one that it lists on another node stays as
    /// it is.
    public func withdrawing(_ departed: Set<MemberID>, of node: NodeID) -> Directory {
        var withdrawing = self
        for id in departed {
            guard let index = memberIndices[id], members[index].node == node else { continue }
            withdrawing.members[index] = withdrawing.members[index].with(.withdrawn)
        }
        return withdrawing
    }

    /// Whether this is a copy of `other`, found out in constant time: false may also mean that the
    /// two are equal but were made apart.
    public func isTriviallyIdentical(to other: Directory) -> Bool {
        version == other.version && Self.share(nodes, other.nodes)
            && Self.share(members, other.members)
    }

    /// Arrays are copied when one of their owners changes them: as long as both are held, the same
    /// storage is the same content.
    private static func share<Element>(_ one: [Element], _ other: [Element]) -> Bool {
        one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                one.baseAddress == other.baseAddress && one.count == other.count
            }
        }
    }

    /// The file: JSON in UTF-8, indented, members in the order of protocol.md §8, a newline at the
    /// end. Equal directories give equal bytes, and ``init(json:)`` takes them back.
    public func encoded() -> [UInt8] {
        DirectoryContent(
            version: version, consortium: consortium, charter: charter, nodes: nodes,
            members: members, witnesses: witnesses
        ).encoded()
    }
}

extension Directory {
    /// The largest file in bytes.
    public static let bytesMax = 16 * 1_024 * 1_024
    /// The most nodes.
    public static let nodesMax = 2_000
    /// The most members.
    public static let membersMax = 10_000
    /// The most witnesses.
    public static let witnessesMax = 64
    /// The most regulators with a denial key.
    public static let denialKeysMax = 64
}
