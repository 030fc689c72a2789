import Exchange
import Membership
import Pseudonym

extension AuditReport {
    /// Rows of a list that text and page show.
    public static let listedMax = 100

    /// All tables, in the order in which they are read.
    package func sections(in language: ReportLanguage, rowsMax: Int = .max) -> [ReportSection] {
        let table = ReportTables(report: self, language: language, rowsMax: rowsMax)
        return [
            table.logs, table.findingCodes, table.findingList, table.observationList,
            table.members, table.purposes, table.refusals, table.pairs, table.hoursOfDay,
            table.entries, table.thresholds,
        ]
    }
}

/// Writes the tables of a report in one language.
struct ReportTables {
    typealias Cell = ReportSection.Cell

    let report: AuditReport
    let language: ReportLanguage
    let rowsMax: Int

    func say(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }

    func column(_ name: String, _ english: String, _ chinese: String) -> ReportSection.Column {
        ReportSection.Column(name: name, heading: say(english, chinese))
    }

    func cell(_ node: NodeID?) -> Cell { node.map { .text($0.text) } ?? .none }
    func cell(_ member: MemberID) -> Cell { .text(member.text) }
    func cell(_ count: Int?) -> Cell { count.map { .count($0) } ?? .none }
    func cell(_ text: String?) -> Cell { text.map { .text($0) } ?? .none }

    /// Of a long list the first rows, and how many are left out.
    func list(
        _ name: String, _ title: String, _ method: String, _ columns: [ReportSection.Column],
        _ rows: [[Cell]]
    ) -> ReportSection {
        ReportSection(
            name: name, title: title, method: method, columns: columns,
            rows: Array(rows.prefix(rowsMax)), omitted: max(0, rows.count - rowsMax))
    }
}

extension ReportTables {
    var logs: ReportSection {
        list(
            "logs", say("Logs", "日志"),
            say(
                "Every copy was checked as a whole: tree, checkpoints, entries, evidence with the "
                    + "signatures of both parties.",
                "每份副本均经整体核验：哈希树、检查点、条目、证据及双方签名。"),
            [
                column("node", "Node", "节点"), column("operator", "Operator", "运营方"),
                column("entries", "Entries", "条目"), column("first", "First", "首条时间"),
                column("last", "Last", "末条时间"), column("copied", "Copied", "复制时间"),
                column("evidence", "Evidence", "证据"), column("findings", "Findings", "问题"),
                column("root", "Root of the tree", "根哈希"),
            ],
            report.logs.map { log in
                let check = log.verification
                return [
                    cell(check.node), .text(log.operatorName), cell(check.head?.size.value),
                    cell(log.span.map { "\($0.lowerBound)" }),
                    cell(log.span.map { "\($0.upperBound)" }), .text("\(check.copiedAt)"),
                    .count(check.evidence), .count(check.findingCount),
                    cell(check.head.map { "\($0.root)" }),
                ]
            })
    }

    var findingCodes: ReportSection {
        var counts: [AuditFinding.Code: Int] = [:]
        for finding in report.findings { counts[finding.code, default: 0] += 1 }
        return list(
            "finding-codes", say("What is wrong with the logs", "日志存在的问题"),
            say(
                "Found by checking each log and by comparing every exchange in the logs of both sides "
                    + "(answers without a request, requests without an answer, hits without a query). "
                    + "Empty: nothing was found.",
                "由逐一核验日志及比对双方日志中的每次交换得出（无请求的应答、无应答的请求、无查询的命中）。"
                    + "为空表示未发现问题。"),
            [
                column("code", "Code", "代码"), column("count", "How often", "次数"),
                column("meaning", "What it means", "含义"),
                column("next", "What to look at next", "下一步核查"),
            ],
            counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map {
                code, count in
                [
                    .text(code.rawValue), .count(count),
                    .text(say(code.english, code.chinese)),
                    .text(code.next.text(in: language)),
                ]
            })
    }

    var findingList: ReportSection {
        list(
            "findings", say("Each of them, with its proof", "逐项列示及证据"),
            say(
                "The proof is a file of the copy of that node's log; the entry stands in it at its index.",
                "证据为该节点日志副本中的文件，条目位于所示序号。"),
            [
                column("code", "Code", "代码"), column("node", "Log of", "所在日志"),
                column("index", "Entry", "条目序号"), column("other", "Other side", "对方"),
                column("proof", "Proof", "证据"),
            ],
            report.findings.map {
                [
                    .text($0.code.rawValue), cell($0.node), cell($0.index), cell($0.other),
                    cell($0.proof),
                ]
            })
    }

    var observationList: ReportSection {
        list(
            "observations", say("What is conspicuous", "值得注意的情形"),
            say(
                "By the thresholds at the end. It says where to look, and is no proof of anything.",
                "依据文末阈值，仅提示核查方向，不构成证明。"),
            [
                column("code", "Code", "代码"), column("member", "Member", "成员"),
                column("answerer", "At node", "应答节点"), column("period", "When", "时间"),
                column("count", "Count", "次数"), column("of", "Of", "总数"),
                column("reason", "Reason", "原因"), column("node", "Log of", "所在日志"),
                column("index", "First entry", "首个条目"),
                column("meaning", "What it means", "含义"),
                column("next", "What to look at next", "下一步核查"),
            ],
            report.observations.map {
                [
                    .text($0.code.rawValue), cell($0.member), cell($0.answerer), cell($0.period),
                    .count($0.count), cell($0.total), cell($0.reason), cell($0.node),
                    cell($0.index), .text($0.code.meaning.text(in: language)),
                    .text($0.code.next.text(in: language)),
                ]
            })
    }
}
