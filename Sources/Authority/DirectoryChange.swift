import Exchange
import Membership
import TUF

/// One thing that a signature would change, in words for whoever is to sign.
public struct DirectoryChange: Sendable, Equatable {
    private let english: String
    private let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The sentence in a language.
    public func text(_ language: ReportLanguage) -> String {
        language == .chinese ? chinese : english
    }
}

extension DirectoryChange {
    /// What one directory changes against another; nil: against nothing.
    static func between(_ old: Directory?, _ new: Directory) -> [DirectoryChange] {
        guard let old else {
            return [
                DirectoryChange(
                    "first directory of \(new.consortium), version \(new.version)",
                    "\(new.consortium) 的首个成员目录，版本 \(new.version)")
            ] + new.nodes.map(added) + new.members.map(added)
        }
        let versions = DirectoryChange(
            "directory version \(old.version) becomes \(new.version)",
            "成员目录版本 \(old.version) 改为 \(new.version)")
        let charter = old.charter.changedTerms(in: new.charter).map {
            DirectoryChange("charter: \($0) changes", "章程：\($0) 有变更")
        }
        let nodes = new.nodes.flatMap { node in
            old.node(node.id).map { changes($0, node) } ?? [added(node)]
        }
        let members = new.members.flatMap { member in
            old.member(member.id).map { changes($0, member) } ?? [added(member)]
        }
        let witnesses =
            old.witnesses == new.witnesses
            ? [] : [DirectoryChange("the witnesses change", "见证方有变更")]
        return [versions] + charter + nodes + members + gone(old, new) + witnesses
    }

    private static func gone(_ old: Directory, _ new: Directory) -> [DirectoryChange] {
        old.nodes.filter { new.node($0.id) == nil }.map {
            DirectoryChange(
                "node \($0.id) is REMOVED; its id could be used again",
                "节点 \($0.id) 被删除；其标识可能被重新使用")
        }
            + old.members.filter { new.member($0.id) == nil }.map {
                DirectoryChange(
                    "member \($0.id) is REMOVED; its id could be used again",
                    "成员 \($0.id) 被删除；其标识可能被重新使用")
            }
    }

    private static func added(_ node: NodeEntry) -> DirectoryChange {
        DirectoryChange(
            "new node \(node.id) of \(node.operatorName) at \(node.endpoint), \(node.status)",
            "新节点 \(node.id)，运营方 \(node.operatorName)，地址 \(node.endpoint)，状态 \(node.status)")
    }

    private static func added(_ member: MemberEntry) -> DirectoryChange {
        DirectoryChange(
            "new \(member.role) \(member.id), \(member.legalName), on node \(member.node), "
                + "\(member.status)",
            "新成员 \(member.id)，\(member.legalName)，角色 \(member.role)，节点 \(member.node)，"
                + "状态 \(member.status)")
    }

    private static func changes(_ old: NodeEntry, _ new: NodeEntry) -> [DirectoryChange] {
        let name = ("node \(new.id)", "节点 \(new.id)")
        return [
            change(name, ("operator", "运营方"), old.operatorName, new.operatorName),
            change(name, ("endpoint", "地址"), old.endpoint.description, new.endpoint.description),
            change(name, ("status", "状态"), old.status.rawValue, new.status.rawValue),
            other(name, ("features", "功能"), old.features == new.features),
            other(name, ("answer keys", "应答签名密钥"), old.answerKeys == new.answerKeys),
            other(name, ("pseudonym keys", "假名密钥"), old.voprfKeys == new.voprfKeys),
            other(name, ("log", "日志"), old.log == new.log),
        ].compactMap(\.self)
    }

    private static func changes(_ old: MemberEntry, _ new: MemberEntry) -> [DirectoryChange] {
        let name = ("member \(new.id)", "成员 \(new.id)")
        return [
            change(name, ("legal name", "名称"), old.legalName, new.legalName),
            change(name, ("node", "节点"), old.node.text, new.node.text),
            change(name, ("role", "角色"), old.role.rawValue, new.role.rawValue),
            change(name, ("status", "状态"), old.status.rawValue, new.status.rawValue),
            other(name, ("request keys", "请求签名密钥"), old.requestKeys == new.requestKeys),
            other(name, ("supervised members", "所监管成员"), old.supervises == new.supervises),
            other(name, ("opening keys", "开启密钥"), old.openingKeys == new.openingKeys),
            other(name, ("denial key", "拒止密钥"), old.denialKey == new.denialKey),
        ].compactMap(\.self)
    }

    private static func change(
        _ name: (String, String), _ what: (String, String), _ old: String, _ new: String
    ) -> DirectoryChange? {
        old == new
            ? nil
            : DirectoryChange(
                "\(name.0): \(what.0) \(old) becomes \(new)",
                "\(name.1)：\(what.1) \(old) 改为 \(new)")
    }

    private static func other(
        _ name: (String, String), _ what: (String, String), _ isSame: Bool
    ) -> DirectoryChange? {
        isSame
            ? nil
            : DirectoryChange("\(name.0): \(what.0) change", "\(name.1)：\(what.1) 有变更")
    }
}

extension Charter {
    /// The names of the terms that differ.
    fileprivate func changedTerms(in other: Charter) -> [String] {
        let terms: [(String, Bool)] = [
            ("name", name == other.name), ("standard", standard == other.standard),
            ("scope", scope == other.scope), ("schemes", schemes == other.schemes),
            ("purposes", purposes == other.purposes), ("nameCheck", nameCheck == other.nameCheck),
            ("masking", masking == other.masking),
            ("openingRegulator", openingRegulator == other.openingRegulator),
            ("witnessQuorum", witnessQuorum == other.witnessQuorum),
            ("quotas", quotas == other.quotas), ("intervals", intervals == other.intervals),
            ("withdrawal", withdrawal == other.withdrawal),
            ("retention", retention == other.retention),
            ("negativeNotice", negativeNotice == other.negativeNotice),
            ("displayRules", displayRules == other.displayRules),
        ]
        let named = terms.filter { !$0.1 }.map(\.0)
        // A term that a later version adds is not passed over.
        return named.isEmpty && self != other ? ["another term"] : named
    }
}
