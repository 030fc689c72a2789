import Exchange
import Membership
import NodeAssembly

/// The invented consortium of the demo: four lenders' nodes, one of them hosting three small
/// lenders, and a regulator.
enum DemoConsortium {
    /// The real files end years ago, so that the demo's charter takes old books; a real charter
    /// says 7 days.
    static let bookMaxAge: Duration = .seconds(36_500 * 86_400)

    /// The node of the lender that asks.
    static let askingNode = "harbor-node"
    /// The lender that asks.
    static let asker = "harbor"

    /// Those of its nodes that are also witnesses of the others' logs.
    static let witnesses = ["cedar-node", "guild-node", "regulator-node"]
    /// The node whose home holds the opening keys beside it.
    static let regulatorNode = "regulator-node"

    /// The plan of the consortium.
    static func plan() throws -> ConsortiumPlan {
        ConsortiumPlan(
            consortium: try id("demo.creditmesh"), charter: try charter(),
            nodes: [
                try node("harbor-node", "Harbor Demo Bank", [("harbor", "Harbor Demo Bank")]),
                try node(
                    "lakeside-node", "湖畔示例消费金融", [("lakeside", "湖畔示例消费金融有限公司")]),
                try node("cedar-node", "Cedar Demo Leasing", [("cedar", "Cedar Demo Leasing")]),
                try node(
                    "guild-node", "小额贷款示例协会",
                    [
                        ("maple", "枫叶示例小额贷款"), ("birch", "白桦示例小额贷款"),
                        ("willow", "柳树示例小额贷款"),
                    ]),
                try node(
                    "regulator-node", "Demo Supervision Bureau",
                    [("regulator", "Demo Supervision Bureau")], role: .regulator),
            ], witnesses: try witnesses.map { try id($0) })
    }

    private static func charter() throws -> Charter {
        Charter(
            name: "CreditMesh demo consortium", standard: "cn-2023@1",
            schemes: [
                .init(name: "cn-rid"), .init(name: "cn-uscc"), .init(name: "lei"),
                .init(name: "demo-card", pattern: "[0-9]{1,5}"),
                .init(name: "demo-auto", pattern: "[A-Z][A-Za-z0-9 -]{8,63}/[A-Za-z0-9+/=]{6,24}"),
                .init(name: "demo-biz", pattern: "B[0-9a-f]{16}"),
            ],
            purposes: Purpose.allCases.map(\.rawValue), nameCheck: .optional,
            openingRegulator: try id("regulator"),
            quotas: .init(elementsPerMemberDay: 1_000_000, elementsPerNodeDay: 5_000_000),
            intervals: .init(bookMaxAge: bookMaxAge))
    }

    private static func node(
        _ id: String, _ operatorName: String, _ members: [(id: String, legalName: String)],
        role: MemberEntry.Role = .lender
    ) throws -> ConsortiumPlan.Node {
        ConsortiumPlan.Node(
            id: try Self.id(id), operatorName: operatorName,
            members: try members.map {
                ConsortiumPlan.Member(id: try Self.id($0.id), legalName: $0.legalName, role: role)
            })
    }

    /// An id of the demo's own tables.
    static func id<Rule: NameRule>(_ text: String) throws -> Name<Rule> {
        guard let id = Name<Rule>(text) else { throw CommandFailure("demo", "bad id \(text)") }
        return id
    }
}
