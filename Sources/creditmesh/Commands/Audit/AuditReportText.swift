import Audit
import Exchange

/// The examiner's report on a terminal.
struct AuditReportText {
    let report: AuditReport
    let language: ReportLanguage

    /// Columns that are too wide for a terminal; page, CSV and JSON have them.
    private static let wideColumns: Set<String> = ["root", "legal-name", "operator"]

    var lines: [String] {
        report.sections(in: language, rowsMax: AuditReport.listedMax).flatMap(lines)
    }

    private func lines(of section: ReportSection) -> [String] {
        var lines = ["", section.title.uppercased()]
        guard !section.rows.isEmpty else { return lines + ["  " + say("none", "无")] }
        let shown = section.columns.indices.filter {
            !section.columns[$0].isProse && !Self.wideColumns.contains(section.columns[$0].name)
        }
        // A code alone says nothing; the sentences below have it.
        if shown.count > 1 {
            var table = TextTable()
            table.add(shown.map { section.columns[$0].heading })
            for row in section.rows { table.add(shown.map { row[$0].text }) }
            lines += table.lines()
        }
        if section.omitted > 0 {
            lines.append(
                "  "
                    + say(
                        "… and \(section.omitted) more (--json, --csv)",
                        "……另有 \(section.omitted) 行（--json、--csv）"))
        }
        return lines + prose(of: section)
    }

    /// What each code means and what to do about it, once.
    private func prose(of section: ReportSection) -> [String] {
        let prose = section.columns.indices.filter { section.columns[$0].isProse }
        guard !prose.isEmpty else { return [] }
        var told: Set<String> = []
        return section.rows.flatMap { row -> [String] in
            guard let code = row.first?.text, told.insert(code).inserted else { return [] }
            return ["  \(code)"] + prose.map { "    \(row[$0].text)" }
        }
    }

    private func say(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}
