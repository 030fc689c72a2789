/// Lines of cells, aligned for a terminal: the first column to the left, others to the right. A
/// Chinese character is as wide as two others.
struct TextTable {
    private var rows: [[String]] = []

    /// Adds a line.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, each behind an indent.
    func lines(indent: String = "  ") -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - Self.width(cell))
                return column == 0 ? cell + space : space + cell
            }
            return indent + cells.joined(separator: "  ")
        }
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
