import Exchange
import StrictJSON

extension SearchResult {
    /// The result as JSON.
    public var json: JSONValue {
        .members([
            "count": .integer(count),
            "boxes": opening.map {
                [
                    "read": .integer($0.boxes), "unopened": .integer($0.unopened),
                    "names": .integer($0.names),
                ]
            },
            "matches": .array(matches.map(\.json)),
        ])
    }
}

extension SearchMatch {
    /// The match as JSON; the proof is the text of a C2SP tlog-proof.
    var json: JSONValue {
        .members([
            "node": .string(entry.node.description),
            "index": .integer(index),
            "at": .string(entry.at.description),
            "type": .string(entry.type.rawValue),
            "member": (entry.member ?? entry.peerMember).map { .string($0.description) },
            "peer": entry.peer.map { .string($0.description) },
            "purpose": entry.purpose.map { .string($0.rawValue) },
            "count": entry.count.map(JSONValue.integer),
            "outcomes": entry.outcomes.map {
                [
                    "found": .integer($0.found), "none": .integer($0.none),
                    "refused": .integer($0.refused),
                ]
            },
            "proof": .string(String(decoding: proof.bytes, as: UTF8.self)),
        ])
    }
}

extension AuditText {
    /// What a search found.
    public func text(of result: SearchResult) -> String {
        var lines = result.matches.map { line(of: $0) }
        if let opening = result.opening {
            lines.append(
                say(
                    "Boxes read: \(opening.boxes), not opened by these keys: \(opening.unopened); the "
                        + "subject's token is known at \(opening.names) nodes and keys.",
                    "读取密封盒 \(opening.boxes) 个，其中这些密钥未能开封 \(opening.unopened) 个；"
                        + "已知该主体在 \(opening.names) 个节点密钥下的标识。"))
        }
        if result.count > result.matches.count {
            lines.append(
                say(
                    "The first \(result.matches.count) are shown.",
                    "仅显示前 \(result.matches.count) 条。"))
        }
        lines.append(say("Entries: \(result.count)", "条目：\(result.count)"))
        return lines.joined(separator: "\n")
    }

    private func line(of match: SearchMatch) -> String {
        let entry = match.entry
        let asker = (entry.member ?? entry.peerMember)?.text ?? "–"
        var words = ["\(entry.at)", "\(entry.node) #\(match.index)", entry.type.rawValue, asker]
        if let peer = entry.peer { words.append("↔ \(peer)") }
        if let purpose = entry.purpose { words.append(purpose.rawValue) }
        if let outcomes = entry.outcomes {
            words.append(
                say(
                    "found \(outcomes.found), none \(outcomes.none), refused \(outcomes.refused)",
                    "有 \(outcomes.found)，无 \(outcomes.none)，拒 \(outcomes.refused)"))
        }
        return words.joined(separator: "  ")
    }
}
