import Exchange
import Membership
import NodeAssembly

extension OfflineNode {
    /// A lender of this node, by name.
    func lender(named name: String) throws -> MemberID {
        let lenders = context.directory.current.lenders(servedBy: context.node)
            .filter { $0.status != .withdrawn }
        guard let id = MemberID(name), lenders.contains(where: { $0.id == id }) else {
            let known = lenders.map(\.id.description).joined(separator: ", ")
            throw CommandFailure(
                "unknown-member", "'\(name)' is no lender of this node; it serves: \(known)")
        }
        return id
    }
}
