import StrictJSON

/// One table of a report, in the language of its reader, with how it was counted. Text, CSV, JSON and
/// the page show the same sections.
package struct ReportSection {
    /// A stable name: of the CSV file, of the member in JSON.
    package let name: String
    package let title: String
    /// How it was counted, and what it can and cannot say.
    package let method: String
    package let columns: [Column]
    package let rows: [[Cell]]
    /// A picture of one column; nil for none.
    var chart: Chart?
    /// Rows that are left out here, and listed in JSON and CSV.
    package var omitted = 0

    /// A column: its stable name and its heading.
    package struct Column {
        package let name: String
        package let heading: String
    }

    /// A cell.
    package enum Cell: Hashable {
        case text(String)
        case count(Int)
        case none
    }

    /// Bars, one a row.
    struct Chart {
        let title: String
        let bars: [(label: String, value: Int)]
    }
}

extension ReportSection.Cell {
    /// As people read it.
    package var text: String {
        switch self {
        case .text(let text): text
        case .count(let count): String(count)
        case .none: ""
        }
    }

    /// Whether it stands to the right of its column.
    var isNumber: Bool { if case .count = self { true } else { false } }

    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .count(let count): .integer(count)
        case .none: .null
        }
    }

    /// Tenths of a percent, written out; empty of nothing.
    static func percent(_ part: Int, of whole: Int) -> Self {
        guard whole > 0 else { return .none }
        let tenths = (part * 1000 + whole / 2) / whole
        return .text("\(tenths / 10).\(tenths % 10)%")
    }
}

extension ReportSection {
    /// The section as JSON: one object a row, by the columns' stable names.
    var json: JSONValue {
        .array(
            rows.map { row in
                .object(zip(columns, row).map { JSONMember($0.name, $1.json) })
            })
    }

    /// The section as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an
    /// apostrophe in front.
    var csv: String {
        ([columns.map(\.name)] + rows.map { $0.map(\.text) }).map { cells in
            cells.map(Self.quoted).joined(separator: ",") + "\r\n"
        }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        let isFormula = cell.first.map { "=+-@\t\r".contains($0) } ?? false
        let text = isFormula ? "'" + cell : cell
        guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension ReportSection.Column {
    /// Whether its cells are sentences, which the text tells once a code and not in every row.
    package var isProse: Bool { ["meaning", "next", "threshold"].contains(name) }
}
