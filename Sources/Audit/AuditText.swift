import Exchange

/// What the tools of the regulator found, as people read it.
public struct AuditText {
    private let language: ReportLanguage
    /// Findings of each kind that the text lists; JSON has all.
    public static let findingsShownMax = 100

    /// Texts in a language.
    public init(_ language: ReportLanguage) { self.language = language }

    /// A copy of a log.
    public func text(of result: MirrorResult) -> String {
        let head = result.head
        var lines = [
            say(
                "\(result.newEntries) new entries; the copy has \(head.size), root \(head.root).",
                "新增 \(result.newEntries) 条；副本共 \(head.size) 条，根哈希 \(head.root)。"),
            say(
                "\(result.evidence) pieces of evidence copied.",
                "复制证据 \(result.evidence) 份。"),
        ]
        if let size = result.cosigned {
            lines.append(say("Witnesses cosigned \(size).", "见证方已联署 \(size) 条。"))
        }
        if result.missingEvidence > 0 {
            lines.append(
                say(
                    "\(result.missingEvidence) pieces of evidence are missing before their time.",
                    "\(result.missingEvidence) 份证据在保存期内缺失。"))
        }
        lines += over(result.evidenceOver)
        return lines.joined(separator: "\n")
    }

    /// A check of a copied log.
    public func text(of result: VerificationResult) -> String {
        var lines = [
            say("Log of \(result.node) (\(result.origin))", "\(result.node) 的日志（\(result.origin)）"),
            say("copied \(result.copiedAt)", "复制时间 \(result.copiedAt)"),
        ]
        if let head = result.head {
            lines.append(
                say(
                    "\(head.size) entries, root \(head.root)", "\(head.size) 条，根哈希 \(head.root)"))
        }
        lines.append(
            say(
                "\(result.earlierCheckpoints) earlier checkpoints, all compared",
                "已比对此前的检查点 \(result.earlierCheckpoints) 个"))
        lines.append(
            say(
                "\(result.cosignedCheckpoints) checkpoints cosigned by witnesses, all compared",
                "已比对见证方联署的检查点 \(result.cosignedCheckpoints) 个"))
        for (type, count) in result.entries.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(type): \(count)")
        }
        lines.append(say("\(result.evidence) pieces of evidence", "证据 \(result.evidence) 份"))
        lines += over(result.evidenceOver)
        return (lines + findings(result.findings, of: result.findingCount))
            .joined(separator: "\n")
    }

    /// A comparison of several logs.
    public func text(of result: ReconciliationResult) -> String {
        let nodes = result.copied.keys.sorted().map(\.description).joined(separator: ", ")
        let lines =
            [
                say("Logs: \(nodes)", "日志：\(nodes)"),
                say("\(result.exchanges) requests", "请求 \(result.exchanges) 个"),
            ] + over(result.evidenceOver)
        return (lines + findings(result.findings, of: result.findingCount))
            .joined(separator: "\n")
    }

    /// A line about evidence that was deleted after its time, which is no finding; none without any.
    func over(_ count: Int) -> [String] {
        guard count > 0 else { return [] }
        return [
            say(
                "\(count) pieces of evidence are deleted, after their time: nothing is missed.",
                "\(count) 份证据已在保存期满后删除，不视为缺失。")
        ]
    }

    func findings(_ findings: [AuditFinding], of count: Int) -> [String] {
        guard count > 0 else { return [say("Nothing to object to.", "未发现问题。")] }
        let shown = findings.prefix(Self.findingsShownMax).map { $0.text(in: language) }
        let rest = count - shown.count
        return [say("Findings: \(count)", "发现问题：\(count) 项")] + shown
            + (rest > 0 ? [say("… and \(rest) more (--json)", "……另有 \(rest) 项（--json）")] : [])
    }

    func say(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}
