/// The front of a file, taken apart without a mapping: how it is separated, where its header
/// stands, and some rows.
struct FileSample: Sendable {
    private static let bytesMax = 1 << 20
    private static let rowsMax = 2000
    /// Lines that are searched for the header.
    private static let searchedLines = 20
    private static let delimiters: [UInt8] = [0x2C, 0x3B, 0x7C, 0x09]

    let encoding: TextEncoding
    let delimiter: UInt8
    /// Lines above the header.
    let skipLines: Int
    let header: [String]
    /// Rows with as many cells as the header, trimmed.
    let rows: [[String]]

    /// Reads the front of a file.
    init(source: ByteSource) throws(BookError) {
        let text = TextSource(source, encoding: nil)
        let bytes = try Self.front(of: text)
        encoding = text.encoding
        var best: (table: [(line: Int, cells: [String])], width: Int, delimiter: UInt8)?
        for delimiter in Self.delimiters {
            let table = Self.table(bytes, delimiter)
            let width = Self.commonWidth(table)
            guard width > 1 else { continue }
            let count = table.count { $0.cells.count == width }
            let bestCount = best.map { best in best.table.count { $0.cells.count == best.width } }
            if (count, width) > (bestCount ?? 0, best?.width ?? 0) {
                best = (table, width, delimiter)
            }
        }
        guard let best, let index = Self.headerIndex(best.table, width: best.width) else {
            throw bytes.isEmpty ? .empty : .malformedHeader
        }
        delimiter = best.delimiter
        skipLines = best.table[index].line - 1
        header = best.table[index].cells
        rows = best.table.dropFirst(index + 1).map(\.cells).filter { $0.count == best.width }
    }

    /// Up to a mebibyte of text that ends with a line.
    private static func front(of text: TextSource) throws(BookError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        var used = 0
        let source = text.bytes
        while used < bytesMax - 16 {
            let count = try bytes.withUnsafeMutableBufferPointer { buffer throws(BookError) in
                try source.read(
                    UnsafeMutableRawBufferPointer(
                        UnsafeMutableBufferPointer(rebasing: buffer[used...])))
            }
            if count == 0 { return Array(bytes[..<used]) }
            used += count
        }
        let end = bytes[..<used].lastIndex(of: 0x0A) ?? used
        return Array(bytes[..<end])
    }

    private static func table(
        _ bytes: [UInt8], _ delimiter: UInt8
    ) -> [(line: Int, cells: [String])] {
        var table: [(line: Int, cells: [String])] = []
        guard var csv = try? CSVReader(source: .bytes(bytes), delimiter: delimiter) else {
            return []
        }
        while table.count < rowsMax, let record = try? csv.next() {
            guard record.fault == nil, record.fieldCount <= BookLimits.columnsMax else { continue }
            table.append(
                (record.line, (0..<record.fieldCount).map { record[$0].trimmed.text }))
        }
        return table
    }

    /// The number of cells that most records have.
    private static func commonWidth(_ table: [(line: Int, cells: [String])]) -> Int {
        var counts: [Int: Int] = [:]
        for record in table { counts[record.cells.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// The first record of full width whose cells are names: most are there, none is a number.
    private static func headerIndex(
        _ table: [(line: Int, cells: [String])], width: Int
    ) -> Int? {
        table.prefix(searchedLines).firstIndex { record in
            let filled = record.cells.filter { !$0.isEmpty }
            return record.cells.count == width && filled.count * 2 > width
                && filled.allSatisfy { $0.contains(where: \.isLetter) }
        }
    }
}
