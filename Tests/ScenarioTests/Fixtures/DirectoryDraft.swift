import Membership
import Testing

/// A directory that a test changes before it is published.
struct DirectoryDraft {
    private let original: Directory
    private let version: Int
    private var nodes: [NodeEntry]
    private var members: [MemberEntry]
    /// The charter.
    var charter: Charter
    /// The witnesses.
    var witnesses: [WitnessEntry]

    /// Begins with a directory; everything that is not changed stays as it is there.
    init(_ original: Directory, version: Int) {
        self.original = original
        self.version = version
        nodes = original.nodes
        members = original.members
        charter = original.charter
        witnesses = original.witnesses
    }

    /// Changes the status of a member.
    mutating func set(_ status: MemberEntry.Status, ofMember id: String) throws {
        let index = try #require(members.firstIndex { $0.id.description == id })
        members[index] = members[index].with(status)
    }

    /// Lists a member at another node.
    mutating func move(
        member id: String, to node: String, requestKeys: [SigningKeyEntry]? = nil
    ) throws {
        let index = try #require(members.firstIndex { $0.id.description == id })
        let old = members[index]
        members[index] = MemberEntry(
            id: old.id, legalName: old.legalName, node: try #require(NodeID(node)),
            role: old.role, status: old.status, requestKeys: requestKeys ?? old.requestKeys)
    }

    /// Lists a denial key of a regulator, or none.
    mutating func set(denialKey: VerifierKey?, ofMember id: String) throws {
        let index = try #require(members.firstIndex { $0.id.description == id })
        let old = members[index]
        members[index] = MemberEntry(
            id: old.id, legalName: old.legalName, node: old.node, role: old.role,
            status: old.status, requestKeys: old.requestKeys, supervises: old.supervises,
            openingKeys: old.openingKeys, denialKey: denialKey)
    }

    /// Changes a node: its status, or the public key that the directory lists for it.
    mutating func set(
        _ status: NodeEntry.Status = .active, publicKey: [UInt8]? = nil, ofNode id: String
    ) throws {
        let index = try #require(nodes.firstIndex { $0.id.description == id })
        let old = nodes[index]
        let keys = try old.voprfKeys.map { key in
            VOPRFKeyEntry(
                kid: key.kid, state: key.state,
                publicKey: try publicKey.map { try #require(PublicKeyBytes($0)) } ?? key.publicKey)
        }
        nodes[index] = NodeEntry(
            id: old.id, operatorName: old.operatorName, endpoint: old.endpoint, status: status,
            answerKeys: old.answerKeys, voprfKeys: keys, log: old.log)
    }

    /// Lists other pseudonym keys of a node.
    mutating func set(keys: [VOPRFKeyEntry], ofNode id: String) throws {
        let index = try #require(nodes.firstIndex { $0.id.description == id })
        let old = nodes[index]
        nodes[index] = NodeEntry(
            id: old.id, operatorName: old.operatorName, endpoint: old.endpoint,
            status: old.status, answerKeys: old.answerKeys, voprfKeys: keys, log: old.log)
    }

    /// Leaves a node and its members out.
    mutating func remove(node id: String) {
        nodes.removeAll { $0.id.description == id }
        members.removeAll { $0.node.description == id }
        let left = Set(members.map(\.id))
        members = members.map { member in
            MemberEntry(
                id: member.id, legalName: member.legalName, node: member.node, role: member.role,
                status: member.status, requestKeys: member.requestKeys,
                supervises: member.supervises.filter(left.contains))
        }
    }

    /// The directory, checked.
    func directory() throws -> Directory {
        try Directory(
            version: version, consortium: original.consortium, charter: charter,
            nodes: nodes, members: members, witnesses: witnesses)
    }
}
