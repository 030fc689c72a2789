import Membership
import Testing

/// A directory that is there for its charter.
enum EmptyDirectory {
    /// The bytes of `members.json`.
    static func bytes() throws -> [UInt8] {
        let plan = try ScenarioPlan.make()
        let node = try #require(plan.nodes.first)
        return try Directory(
            version: 1, consortium: plan.consortium, charter: plan.charter,
            nodes: [
                NodeEntry(
                    id: node.id, operatorName: node.operatorName,
                    endpoint: #require(Endpoint("https://nobody.example")))
            ],
            members: node.members.map {
                MemberEntry(id: $0.id, legalName: $0.legalName, node: node.id, role: $0.role)
            }
        ).encoded()
    }
}
