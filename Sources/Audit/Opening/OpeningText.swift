import Exchange
import Pseudonym

extension AuditText {
    /// An opening of evaluations.
    ///
    /// - Parameter identifiers: whether it says whom they were about.
    public func text(of result: OpeningResult, identifiers: Bool) -> String {
        var lines = [
            say(
                "\(result.evaluations.count) of \(result.candidates) blind evaluations opened, "
                    + "\(result.subjectCount) subjects",
                "已启封盲查询 \(result.evaluations.count) 次（共 \(result.candidates) 次），"
                    + "信息主体 \(result.subjectCount) 个"),
            say(
                "compared with the answerer's log: \(result.comparedCount)",
                "已与应答方日志比对：\(result.comparedCount)"),
            say(
                "a query followed: \(result.followedCount)",
                "其后有查询：\(result.followedCount)"),
        ]
        if result.selection.count != nil {
            lines.insert(
                say(
                    "drawn by the seed \(result.selection.seedText)",
                    "抽样种子 \(result.selection.seedText)"), at: 0)
        }
        lines += over(result.evidenceOver)
        lines += result.evaluations.flatMap { self.lines(of: $0, identifiers: identifiers) }
        return (lines + findings(result.findings, of: result.findings.count))
            .joined(separator: "\n")
    }

    private func lines(of evaluation: OpenedEvaluation, identifiers: Bool) -> [String] {
        let head =
            "\(evaluation.node) #\(evaluation.index) \(evaluation.at) "
            + "\(evaluation.member) -> \(evaluation.answerer)"
        return [head]
            + evaluation.subjects.map { subject in
                let content = subject.content
                var parts = [content.purpose]
                if identifiers { parts.append("\(content.scheme) \(content.identifier)") }
                parts.append(
                    say("consent ", "授权 ") + Base64URL.encode(content.consent))
                if let query = subject.query {
                    parts.append(say("query #\(query)", "查询 #\(query)"))
                }
                return "  \(subject.item): " + parts.joined(separator: ", ")
            }
    }
}
