import Exchange

extension AuditText {
    /// A demand for the evidence of consents.
    public func text(of demand: ConsentDemand, _ findings: [AuditFinding]) -> String {
        let lines = demand.consents.map { consent in
            "\(consent.member) \(consent.at) \(consent.purpose ?? "book") \(consent.referenceText) "
                + "(\(consent.node) #\(consent.index).\(consent.item))"
        }
        let rest =
            findings.isEmpty ? [] : self.findings(findings, of: findings.count)
        return (head(of: demand) + lines + rest).joined(separator: "\n")
    }

    /// What was found of what was handed over.
    public func text(of demand: ConsentDemand, checked findings: [AuditFinding]) -> String {
        (head(of: demand) + self.findings(findings, of: findings.count)).joined(separator: "\n")
    }

    /// On which consents answers rested.
    public func text(of result: ConsentTrailResult) -> String {
        var lines = [
            say(
                "\(result.summaries) disclosures in \(result.answers) answers, each held against the "
                    + "consents in the log",
                "应答 \(result.answers) 次，披露 \(result.summaries) 份，均已与日志中的授权核对"),
            say(
                "of inquiries alone: \(result.ofInquiries)",
                "其中仅含查询记录：\(result.ofInquiries)"),
        ]
        if result.notProvable > 0 {
            lines.append(
                say(
                    "not provable any more, the evidence of the consents is over: "
                        + "\(result.notProvable)",
                    "因授权证据已过保存期而无法证明：\(result.notProvable)"))
        }
        return
            (lines + over(result.evidenceOver)
            + findings(result.findings, of: result.findingCount)).joined(separator: "\n")
    }

    private func head(of demand: ConsentDemand) -> [String] {
        [
            say("drawn by the seed \(demand.seed)", "抽样种子 \(demand.seed)"),
            say(
                "\(demand.consents.count) consents, of \(demand.candidates) queries and "
                    + "\(demand.bookCandidates) consents of books",
                "授权 \(demand.consents.count) 份（共 \(demand.candidates) 次查询，"
                    + "账册授权 \(demand.bookCandidates) 份）"),
        ]
    }
}
