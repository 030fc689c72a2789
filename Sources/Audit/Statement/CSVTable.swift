/// A small CSV file (RFC 4180) with a heading, as a whole: a supervisory return has a line a class.
struct CSVTable {
    /// Most bytes of a file.
    static let bytesMax = 4 * 1024 * 1024

    /// The lines behind the heading, by column; each with its number in the file.
    let rows: [(line: Int, cells: [String: String])]

    /// Reads a file that must have just these columns, in any order.
    ///
    /// - Throws: `CSVFault` with the line at fault.
    init(_ bytes: [UInt8], columns: [String]) throws(CSVFault) {
        guard bytes.count <= Self.bytesMax else { throw CSVFault(line: 1, what: "is too long") }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self) else {
            throw CSVFault(line: 1, what: "is not UTF-8")
        }
        var records = try Self.records(of: text)
        guard let heading = records.first?.cells, Set(heading) == Set(columns),
            heading.count == columns.count
        else {
            throw CSVFault(line: 1, what: "must have the columns \(columns.joined(separator: ","))")
        }
        records.removeFirst()
        var rows: [(line: Int, cells: [String: String])] = []
        for record in records {
            guard record.cells.count == heading.count else {
                throw CSVFault(line: record.line, what: "has another number of cells")
            }
            let cells = Dictionary(uniqueKeysWithValues: zip(heading, record.cells))
            rows.append((record.line, cells))
        }
        self.rows = rows
    }

    private static func records(
        of text: String
    ) throws(CSVFault) -> [(line: Int, cells: [String])] {
        var records: [(line: Int, cells: [String])] = []
        var (cells, cell) = ([String](), "")
        var (line, begins, isQuoted, wasQuoted) = (1, 1, false, false)
        var characters = text.makeIterator()
        var pending = characters.next()
        while let character = pending {
            pending = characters.next()
            switch character {
            case "\"" where isQuoted && pending == "\"":
                cell.append("\"")
                pending = characters.next()
            case "\"" where isQuoted: isQuoted = false
            case "\"" where cell.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
            case "\"": throw CSVFault(line: line, what: "has a quote within a cell")
            case "," where !isQuoted:
                cells.append(cell)
                (cell, wasQuoted) = ("", false)
            case "\n" where !isQuoted, "\r\n" where !isQuoted:
                if !cells.isEmpty || !cell.isEmpty { records.append((begins, cells + [cell])) }
                (cells, cell, wasQuoted) = ([], "", false)
                line += 1
                begins = line
            default:
                if character.isNewline { line += 1 }
                cell.append(character)
            }
        }
        guard !isQuoted else { throw CSVFault(line: begins, what: "has a quote without an end") }
        if !cells.isEmpty || !cell.isEmpty { records.append((begins, cells + [cell])) }
        return records
    }
}

/// What is wrong with a line of a file.
struct CSVFault: Error, Equatable {
    let line: Int
    let what: String
}
