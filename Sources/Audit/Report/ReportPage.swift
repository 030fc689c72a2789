import Crypto
import Exchange
import Foundation

/// The report as one page that needs nothing else: no script, no picture, no font is fetched, and its
/// content policy forbids it. Names of members and operators are others' texts and are escaped.
public struct ReportPage {
    private let report: AuditReport
    private let language: ReportLanguage

    /// The page of a report.
    public init(_ report: AuditReport, in language: ReportLanguage) {
        self.report = report
        self.language = language
    }

    /// The page in HTML, to be written in UTF-8.
    public var html: String {
        let sections = report.sections(in: language, rowsMax: AuditReport.listedMax)
        return """
            <!doctype html>
            <html lang="\(language == .chinese ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(MarkupText.element("title", "", title))
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            \(MarkupText.element("h1", "", title))
            \(MarkupText.element("p", "class=\"verdict\"", verdict))
            \(summary)
            </header>
            <nav aria-label="\(MarkupText.escaped(say("Contents", "目录")))">
            <ul>
            \(sections.map(link).joined(separator: "\n"))
            </ul>
            </nav>
            <main>
            \(sections.map(section).joined(separator: "\n"))
            </main>
            <footer>
            \(MarkupText.element("p", "", closing))
            </footer>
            </body>
            </html>

            """
    }

    private var title: String { say("Exchange logs: examiner's report", "交换日志检查报告") }

    private var verdict: String {
        let conspicuous = report.observations.count
        let count = report.findingCount
        let found =
            count == 0
            ? say("Nothing is wrong with the logs.", "日志未发现问题。")
            : say("Findings in the logs: \(count).", "日志发现问题 \(count) 项。")
        return found + " "
            + (conspicuous == 0
                ? say("Nothing is conspicuous.", "无值得注意的情形。")
                : say("Conspicuous: \(conspicuous).", "值得注意的情形 \(conspicuous) 项。"))
    }

    private var summary: String {
        let spans = report.logs.compactMap(\.span)
        let first = spans.map(\.lowerBound).min().map { "\($0)" } ?? "–"
        let last = spans.map(\.upperBound).max().map { "\($0)" } ?? "–"
        let entries = report.logs.reduce(0) { $0 + ($1.verification.head?.size.value ?? 0) }
        let facts = [
            (say("Logs", "日志"), "\(report.logs.count)"),
            (say("Entries", "条目"), "\(entries)"),
            (say("Requests compared", "比对请求"), "\(report.reconciliation.exchanges)"),
            (say("From", "起"), first), (say("To", "止"), last),
            (say("Hours of", "时区"), report.zone.name),
            (say("Made at", "生成时间"), "\(report.madeAt)"),
        ]
        let rows = facts.map {
            "<div>" + MarkupText.element("dt", "", $0) + MarkupText.element("dd", "", $1)
                + "</div>"
        }
        return "<dl>\(rows.joined())</dl>"
    }

    private var closing: String {
        say(
            "Made by creditmesh audit report from copies of logs. Who is asked about stands nowhere in "
                + "them. Keep the copies: they are the proof, this page is not.",
            "由 creditmesh audit report 依据日志副本生成。其中不含被查主体。请保存副本：副本才是证据，本页不是。")
    }

    private func link(_ section: ReportSection) -> String {
        "<li><a href=\"#\(section.name)\">\(MarkupText.escaped(section.title))</a></li>"
    }

    private func section(_ section: ReportSection) -> String {
        """
        <section id="\(section.name)" aria-labelledby="\(section.name)-heading">
        \(MarkupText.element("h2", "id=\"\(section.name)-heading\"", section.title))
        \(MarkupText.element("p", "", section.method))
        \(figure(section))\(table(section))
        </section>
        """
    }

    private func figure(_ section: ReportSection) -> String {
        guard let chart = section.chart, !chart.bars.isEmpty else { return "" }
        let drawing = BarChart(
            name: section.name, chart: chart,
            description: say("The table below has the same numbers.", "下表列出相同数字。"))
        return "<figure>\n\(drawing.svg)\n"
            + MarkupText.element("figcaption", "", chart.title) + "</figure>\n"
    }

    private func table(_ section: ReportSection) -> String {
        guard !section.rows.isEmpty else {
            return MarkupText.element("p", "class=\"none\"", say("None.", "无。"))
        }
        let head = section.columns.map { MarkupText.element("th", "scope=\"col\"", $0.heading) }
        let rows = section.rows.map { row in
            "<tr>" + row.enumerated().map(Self.cell).joined() + "</tr>"
        }
        let more =
            section.omitted > 0
            ? MarkupText.element(
                "p", "",
                say(
                    "\(section.omitted) more rows are in --json and --csv.",
                    "另有 \(section.omitted) 行，见 --json 与 --csv。"))
            : ""
        return """
            <div class="table" role="region" tabindex="0" \
            aria-labelledby="\(section.name)-heading">
            <table>
            \(MarkupText.element("caption", "", section.title))
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>\(more)
            """
    }

    private static func cell(_ column: Int, _ cell: ReportSection.Cell) -> String {
        let attributes = cell.isNumber ? "class=\"number\"" : ""
        return column == 0
            ? MarkupText.element("th", "scope=\"row\"", cell.text)
            : MarkupText.element("td", attributes, cell.text)
    }

    private func say(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}

extension ReportPage {
    /// Forbids everything but the one style sheet within the page.
    private var policy: String {
        let digest = Data(SHA256.hash(data: Array(Self.style.utf8))).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; "
            + "form-action 'none'"
    }

    private static let style = """

        body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #1a1a1a;
          background: #fff; margin: 2rem auto; max-width: 74rem; padding: 0 1rem; }
        h1 { font-size: 1.7rem; margin-bottom: .3rem; }
        h2 { font-size: 1.25rem; margin: 2.2rem 0 .3rem; }
        .verdict { font-size: 1.15rem; font-weight: 600; border-left: .4rem solid #1f5f8b;
          padding-left: .7rem; }
        dl { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1rem 0; }
        dt { font-size: .85rem; color: #444; } dd { margin: 0; font-weight: 600; }
        nav ul { columns: 3 14rem; padding-left: 1.2rem; }
        a { color: #124a70; }
        figure { margin: .8rem 0; } figcaption { font-size: .9rem; color: #444; }
        svg { max-width: 100%; height: auto; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9rem; }
        caption { text-align: left; position: absolute; width: 1px; height: 1px;
          overflow: hidden; clip-path: inset(50%); }
        th, td { border-bottom: 1px solid #bbb; padding: .3rem .6rem; text-align: left;
          vertical-align: top; overflow-wrap: anywhere; min-width: 3rem; }
        thead th { border-bottom: 2px solid #333; white-space: nowrap; }
        tbody th { font-weight: 600; white-space: nowrap; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .none { color: #444; }
        footer { margin-top: 3rem; border-top: 1px solid #bbb; font-size: .9rem; }
        @media print {
          body { margin: 0; max-width: none; font-size: 11px; }
          nav { display: none; } .table { overflow: visible; }
          section, figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
          thead { display: table-header-group; }
        }

        """
}
