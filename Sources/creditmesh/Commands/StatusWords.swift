import StrictJSON

/// The words of a node's status. Ids, roles, statuses and codes stay as they are in both languages.
struct StatusWords: Sendable {
    /// The lines before the tables.
    let head: @Sendable (JSONValue) -> [String]
    let members, peers, notAsked: String
    let asOf, subjects, undisclosed: @Sendable (String) -> String

    static let english = StatusWords(
        head: { status in
            let directory = status["directory"], log = status["log"], filters = status["filters"]
            let witnesses = log["witnesses"]
            return [
                "\(status["node"].word), version \(status["version"].word), at \(status["at"].word)",
                "directory: version \(directory["version"].word), \(directory["nodes"].word) nodes, "
                    + "\(directory["members"].word) members, this node is "
                    + "\(directory["nodeStatus"].word), expires \(directory["expiresAt"].word)",
                "certificate: until \(status["certificateUntil"].word)",
                "log: \(log["size"].word) entries, cosigned \(witnesses["cosignedSize"].word) at "
                    + "\(witnesses["cosignedAt"].word), \(witnesses["cosignatures"].word) of "
                    + "\(witnesses["quorum"].word) cosignatures",
                "filters: \(filters["count"].word) with \(filters["tokens"].word) tokens, "
                    + "complete as of \(filters["asOf"].word)",
                "alarms: \(status["alarms"].word)",
            ]
        }, members: "members:", peers: "peers:", notAsked: "not asked yet",
        asOf: { "as of \($0)" }, subjects: { "\($0) subjects" },
        undisclosed: { "\($0) undisclosed" })

    static let chinese = StatusWords(
        head: { status in
            let directory = status["directory"], log = status["log"], filters = status["filters"]
            let witnesses = log["witnesses"]
            return [
                "\(status["node"].word)，版本 \(status["version"].word)，时间 \(status["at"].word)",
                "成员目录：版本 \(directory["version"].word)，\(directory["nodes"].word) 个节点，"
                    + "\(directory["members"].word) 个成员，本节点为 \(directory["nodeStatus"].word)，"
                    + "有效期至 \(directory["expiresAt"].word)",
                "证书：有效期至 \(status["certificateUntil"].word)",
                "日志：\(log["size"].word) 条，已联署至 \(witnesses["cosignedSize"].word) 条"
                    + "（\(witnesses["cosignedAt"].word)），联署 \(witnesses["cosignatures"].word) 份，"
                    + "应有 \(witnesses["quorum"].word) 份",
                "过滤器：\(filters["count"].word) 个，含 \(filters["tokens"].word) 个令牌，"
                    + "截至 \(filters["asOf"].word) 完整",
                "告警：\(status["alarms"].word)",
            ]
        }, members: "成员：", peers: "对等节点：", notAsked: "尚未查询",
        asOf: { "账册日期 \($0)" }, subjects: { "\($0) 个主体" },
        undisclosed: { "\($0) 个不披露" })
}
