/// Bars as SVG within a page, one a row, with the number at the end of each: it can be read without
/// colours and in print, and the table beside it says the same.
struct BarChart {
    /// Lengths of the drawing, in its own units.
    private static let labelWidth = 270
    private static let barWidth = 360
    private static let valueWidth = 90
    private static let rowHeight = 22

    let name: String
    let chart: ReportSection.Chart
    /// What the picture shows, for those who hear it: there is a table.
    let description: String

    var svg: String {
        let width = Self.labelWidth + Self.barWidth + Self.valueWidth
        let height = chart.bars.count * Self.rowHeight + 4
        let most = chart.bars.map(\.value).max() ?? 0
        let rows = chart.bars.enumerated().map { index, bar in
            row(bar.label, bar.value, at: index * Self.rowHeight + 2, most: most)
        }
        return """
            <svg role="img" aria-labelledby="\(name)-title \(name)-text" \
            viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            \(MarkupText.element("title", "id=\"\(name)-title\"", chart.title))
            \(MarkupText.element("desc", "id=\"\(name)-text\"", description))
            \(rows.joined(separator: "\n"))
            </svg>
            """
    }

    private func row(_ label: String, _ value: Int, at top: Int, most: Int) -> String {
        let length = most > 0 ? Self.barWidth * value / most : 0
        let middle = top + Self.rowHeight / 2
        let text = { (x: Int, anchor: String, text: String) in
            MarkupText.element(
                "text",
                "x=\"\(x)\" y=\"\(middle)\" text-anchor=\"\(anchor)\" "
                    + "dominant-baseline=\"central\" font-size=\"13\"",
                text)
        }
        return text(Self.labelWidth - 8, "end", label)
            + "<rect x=\"\(Self.labelWidth)\" y=\"\(top + 3)\" "
            + "width=\"\(value > 0 ? max(length, 1) : 0)\" height=\"\(Self.rowHeight - 6)\" "
            + "fill=\"#1f5f8b\"/>" + text(Self.labelWidth + length + 8, "start", "\(value)")
    }
}
