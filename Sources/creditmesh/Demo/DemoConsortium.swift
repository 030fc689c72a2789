import Membership

/// The invented consortium of the demo: four lenders' nodes, one of them hosting three small
/// lenders, and a regulator.
enum DemoConsortium {
    /// The consortium's id.
    static let id = "demo.creditmesh"

    /// One node and the members that it serves.
    struct Node: Sendable {
        let id: String
        let operatorName: String
        let members: [Member]
    }

    /// One member.
    struct Member: Sendable {
        let id: String
        let legalName: String
        let role: MemberEntry.Role
    }

    /// The nodes, lenders first.
    static let nodes: [Node] = [
        Node(
            id: "harbor-node", operatorName: "Harbor Demo Bank",
            members: [lender("harbor", "Harbor Demo Bank")]),
        Node(
            id: "lakeside-node", operatorName: "湖畔示例消费金融",
            members: [lender("lakeside", "湖畔示例消费金融有限公司")]),
        Node(
            id: "cedar-node", operatorName: "Cedar Demo Leasing",
            members: [lender("cedar", "Cedar Demo Leasing")]),
        Node(
            id: "guild-node", operatorName: "小额贷款示例协会",
            members: [
                lender("maple", "枫叶示例小额贷款"), lender("birch", "白桦示例小额贷款"),
                lender("willow", "柳树示例小额贷款"),
            ]),
        Node(
            id: "regulator-node", operatorName: "Demo Supervision Bureau",
            members: [
                Member(id: "regulator", legalName: "Demo Supervision Bureau", role: .regulator)
            ]),
    ]

    /// Ids of all lenders.
    static var lenders: [String] {
        nodes.flatMap(\.members).filter { $0.role == .lender }.map(\.id)
    }

    private static func lender(_ id: String, _ legalName: String) -> Member {
        Member(id: id, legalName: legalName, role: .lender)
    }
}
