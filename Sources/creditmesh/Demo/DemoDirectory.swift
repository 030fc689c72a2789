import Exchange
import Membership

/// Makes the demo's directory.
struct DemoDirectory {
    let site: DemoSite

    /// The real files end years ago, so that the demo's charter takes old books; a real charter
    /// says 7 days.
    static let bookMaxAge: Duration = .seconds(36_500 * 86_400)

    /// The directory, checked as every reader checks it.
    func directory() throws -> Directory {
        try Directory(
            version: 1, consortium: Self.id(DemoConsortium.id), charter: charter(),
            nodes: DemoConsortium.nodes.map(node),
            members: DemoConsortium.nodes.flatMap { node in
                try node.members.map { try member($0, of: node) }
            })
    }

    /// An id of the demo's own tables.
    static func id<Rule: NameRule>(_ text: String) throws -> Name<Rule> {
        guard let id = Name<Rule>(text) else { throw CommandFailure("demo", "bad id \(text)") }
        return id
    }

    private func charter() throws -> Charter {
        Charter(
            name: "CreditMesh demo consortium", standard: "cn-2023@1",
            schemes: [
                .init(name: "cn-rid"), .init(name: "cn-uscc"), .init(name: "lei"),
                .init(name: "demo-card", pattern: "[0-9]{1,5}"),
                .init(name: "demo-auto", pattern: "[A-Za-z0-9 /+=-]{3,64}"),
                .init(name: "demo-biz", pattern: "B[0-9a-f]{16}"),
            ],
            purposes: Purpose.allCases.map(\.rawValue), nameCheck: .optional,
            openingRegulator: try Self.id("regulator"),
            quotas: .init(elementsPerMemberDay: 1_000_000, elementsPerNodeDay: 5_000_000),
            intervals: .init(bookMaxAge: Self.bookMaxAge))
    }

    private func node(_ node: DemoConsortium.Node) throws -> NodeEntry {
        guard let host = EndpointHost("127.0.0.1"), let port = site.ports[node.id],
            let endpoint = Endpoint(host: host, port: port), let key = site.keys[node.id],
            let publicKey = PublicKeyBytes(key.secret.publicKey.bytes)
        else { throw CommandFailure("demo", "node \(node.id) has no port or key") }
        return NodeEntry(
            id: try Self.id(node.id), operatorName: node.operatorName, endpoint: endpoint,
            voprfKeys: [
                VOPRFKeyEntry(
                    kid: try Self.id(key.kid.rawValue), state: .current, publicKey: publicKey)
            ])
    }

    private func member(
        _ member: DemoConsortium.Member, of node: DemoConsortium.Node
    ) throws -> MemberEntry {
        let isRegulator = member.role == .regulator
        return MemberEntry(
            id: try Self.id(member.id), legalName: member.legalName, node: try Self.id(node.id),
            role: member.role,
            supervises: isRegulator ? try DemoConsortium.lenders.map { try Self.id($0) } : [])
    }
}
