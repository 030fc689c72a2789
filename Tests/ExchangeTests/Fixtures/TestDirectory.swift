import Exchange
import Membership
import Pseudonym

/// A directory as a test wants it: nodes with the keys that they are given, and their members.
///
/// Unless told, `harbor-node` serves `harbor`, `lakeside-node` serves `lakeside` and `reed`, and
/// everyone is an active lender.
struct TestDirectory {
    static let consortium = "test.creditmesh"

    var version = 1
    var charter = Charter(
        name: "Test consortium (invented)", standard: "cn-2023@1",
        schemes: [.init(name: "cn-rid"), .init(name: "cn-uscc")],
        purposes: Purpose.allCases.map(\.rawValue))
    var nodes: [Node] = [Node("harbor-node"), Node("lakeside-node")]
    var members: [Member] = [
        Member("harbor", at: "harbor-node"), Member("lakeside", at: "lakeside-node"),
        Member("reed", at: "lakeside-node"),
    ]

    var witnesses: [WitnessEntry] = []

    struct Node {
        var id: String
        var status = NodeEntry.Status.active
        var keys: [VOPRFKeyEntry] = []

        init(_ id: String, status: NodeEntry.Status = .active) {
            self.id = id
            self.status = status
        }
    }

    struct Member {
        var id: String
        var node: String
        var role = MemberEntry.Role.lender
        var status = MemberEntry.Status.active
        var legalName: String
        var openingKeys: [OpeningKeyEntry] = []
        var denialKey: VerifierKey?

        init(
            _ id: String, at node: String, role: MemberEntry.Role = .lender,
            status: MemberEntry.Status = .active, legalName: String? = nil
        ) {
            self.id = id
            self.node = node
            self.role = role
            self.status = status
            self.legalName = legalName ?? "\(id) (invented)"
        }
    }

    func directory() throws -> Directory {
        try Directory(
            version: version, consortium: Names.consortium, charter: charter,
            nodes: nodes.enumerated().map { index, node in
                NodeEntry(
                    id: Samples.node(node.id), operatorName: "\(node.id) (invented)",
                    endpoint: Names.endpoint(index), status: node.status, voprfKeys: node.keys,
                    log: try TestSignature.log(of: node.id))
            },
            members: members.map { member in
                MemberEntry(
                    id: Samples.member(member.id), legalName: member.legalName,
                    node: Samples.node(member.node), role: member.role, status: member.status,
                    openingKeys: member.openingKeys, denialKey: member.denialKey)
            }, witnesses: witnesses)
    }

    /// The directory with the status of one member changed.
    func with(_ member: String, _ status: MemberEntry.Status) -> TestDirectory {
        changing(member) { $0.status = status }
    }

    /// The directory with one member changed.
    func changing(_ member: String, _ change: (inout Member) -> Void) -> TestDirectory {
        var changed = self
        for index in changed.members.indices where changed.members[index].id == member {
            change(&changed.members[index])
        }
        return changed
    }

    /// The directory with these public keys listed for a node, in place of those before.
    func listing(_ keys: [PseudonymKey], of node: String) -> TestDirectory {
        var changed = self
        for index in changed.nodes.indices where changed.nodes[index].id == node {
            changed.nodes[index].keys = keys.compactMap(VOPRFKeyEntry.init)
        }
        return changed
    }

    private enum Names {
        static let consortium: ConsortiumID = {
            guard let id = ConsortiumID(TestDirectory.consortium) else {
                preconditionFailure("a sample that cannot be read")
            }
            return id
        }()

        static func endpoint(_ index: Int) -> Endpoint {
            guard let endpoint = Endpoint("https://node-\(index).example") else {
                preconditionFailure("a sample that cannot be read")
            }
            return endpoint
        }
    }
}

extension VOPRFKeyEntry {
    fileprivate init?(_ key: PseudonymKey) {
        guard let kid = KeyName(key.kid.rawValue), let state = State(rawValue: key.state.rawValue),
            let publicKey = PublicKeyBytes(key.secret.publicKey.bytes)
        else { return nil }
        self.init(kid: kid, state: state, publicKey: publicKey)
    }
}
