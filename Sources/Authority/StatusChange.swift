import Membership

/// What officers do to the status of nodes and members (protocol/directory.md, "How officers sign").
public enum StatusChange: String, Sendable, CaseIterable {
    /// Not asked and not answered until it is reinstated.
    case suspend
    /// Takes part again after a suspension.
    case reinstate
    /// Takes part like all others after a trial.
    case admit
    /// Gone for good.
    case withdraw

    /// A node's status afterwards; nil when its present one does not allow the change.
    func status(after present: NodeEntry.Status) -> NodeEntry.Status? {
        switch (self, present) {
        case (.suspend, .active): .suspended
        case (.reinstate, .suspended): .active
        case (.withdraw, .active), (.withdraw, .suspended): .withdrawn
        case (.suspend, _), (.reinstate, _), (.admit, _), (.withdraw, .withdrawn): nil
        }
    }

    /// A member's status afterwards; nil when its present one does not allow the change.
    ///
    /// - Parameter isTrial: whether who is reinstated is on trial then.
    func status(after present: MemberEntry.Status, isTrial: Bool) -> MemberEntry.Status? {
        switch (self, present) {
        case (.suspend, .active), (.suspend, .trial): .suspended
        case (.reinstate, .suspended): isTrial ? .trial : .active
        case (.admit, .trial): .active
        case (.withdraw, .active), (.withdraw, .trial), (.withdraw, .suspended): .withdrawn
        case (.suspend, _), (.reinstate, _), (.admit, _), (.withdraw, .withdrawn): nil
        }
    }
}

extension Directory {
    /// The next version, with the statuses of some nodes and members changed.
    ///
    /// - Throws: `AuthorityError.unknownID`, or `.status` for one whose present status does not fit.
    func applying(
        _ change: StatusChange, to ids: Set<String>, isTrial: Bool
    ) throws(AuthorityError) -> Directory {
        for id in ids.sorted() {
            let isNode = NodeID(id).flatMap { node($0) } != nil
            let isMember = MemberID(id).flatMap { member($0) } != nil
            guard isNode || isMember else { throw .unknownID(id) }
            guard !isNode || !isTrial else { throw .status("node '\(id)' cannot be on trial") }
        }
        var nodes = nodes
        for (index, node) in nodes.enumerated() where ids.contains(node.id.text) {
            guard let status = change.status(after: node.status) else {
                throw .status(
                    "node '\(node.id)' is \(node.status): it cannot be "
                        + "\(change.participle)")
            }
            nodes[index] = node.with(status)
        }
        var members = members
        for (index, member) in members.enumerated() where ids.contains(member.id.text) {
            guard let status = change.status(after: member.status, isTrial: isTrial) else {
                throw .status(
                    "member '\(member.id)' is \(member.status): it cannot be "
                        + "\(change.participle)")
            }
            members[index] = member.with(status)
        }
        do {
            return try Directory(
                version: version + 1, consortium: consortium, charter: charter, nodes: nodes,
                members: members, witnesses: witnesses)
        } catch {
            throw .directory("\(error)")
        }
    }
}

extension StatusChange {
    fileprivate var participle: String {
        switch self {
        case .suspend: "suspended"
        case .reinstate: "reinstated"
        case .admit: "admitted"
        case .withdraw: "withdrawn"
        }
    }
}
