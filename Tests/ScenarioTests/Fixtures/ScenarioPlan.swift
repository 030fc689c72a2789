import Exchange
import Membership
import NodeAssembly
import Testing

/// The consortium of the scenarios: four lenders' nodes, one of them with three small lenders, and
/// a regulator.
enum ScenarioPlan {
    static func make(
        nameCheck: Charter.NameCheckRule = .optional, masking: Charter.Masking = .named,
        quotas: Charter.Quotas = Charter.Quotas(),
        intervals: Charter.Intervals = Charter.Intervals()
    ) throws -> ConsortiumPlan {
        ConsortiumPlan(
            consortium: try #require(ConsortiumID("scenario.creditmesh")),
            charter: Charter(
                name: "Scenarios", standard: "cn-2023@1",
                schemes: [.init(name: "cn-rid"), .init(name: "cn-uscc"), .init(name: "lei")],
                purposes: Purpose.allCases.map(\.rawValue).filter { $0 != "judicial" },
                nameCheck: nameCheck, masking: masking, quotas: quotas,
                intervals: intervals),
            nodes: [
                try node("harbor-node", ["harbor"]),
                try node("lakeside-node", ["lakeside"]),
                try node("cedar-node", ["cedar"]),
                try node("guild-node", ["maple", "birch", "willow"]),
                try node("regulator-node", ["regulator"], role: .regulator),
            ])
    }

    private static func node(
        _ id: String, _ members: [String], role: MemberEntry.Role = .lender
    ) throws -> ConsortiumPlan.Node {
        ConsortiumPlan.Node(
            id: try #require(NodeID(id)), operatorName: "\(id) (invented)",
            members: try members.map {
                ConsortiumPlan.Member(
                    id: try #require(MemberID($0)), legalName: "\($0) (invented)", role: role)
            })
    }
}
