/// Rows of a file that were found and not yet read, so that another thread can read them, or find
/// out from their cells that it need not.
public struct UnreadRows: Sendable {
    /// How unread rows of one file are read.
    final class Reading: Sendable {
        let rows: RowReader
        let delimiter: UInt8
        /// The columns that the mapping looks at, in the order of their names; nil when rows mean
        /// something else on another day.
        let columns: [Int]?
        /// What gives the cells of those columns their meaning.
        let meaning: [UInt8]

        init(rows: RowReader, mapping: ColumnMapping) throws(BookError) {
            self.rows = rows
            delimiter = mapping.delimiter
            var columns: [Int] = []
            var names: [String] = []
            for name in mapping.columnNames.sorted() {
                guard let index = try rows.header.optionalIndex(of: name) else { continue }
                columns.append(index)
                names.append(name)
            }
            let isTimeless = !mapping.dependsOnDay && !mapping.yaml.isEmpty
            self.columns = isTimeless ? columns : nil
            meaning = Array("\(names)\n".utf8) + mapping.yaml
        }
    }

    private let batch: CSVBatch
    private let reading: Reading

    init(batch: CSVBatch, reading: Reading) {
        self.batch = batch
        self.reading = reading
    }

    /// What gives the cells of a row their meaning: which columns they are, and the mapping's text.
    /// The same for all rows of a file; nil when rows mean something else on another day.
    public var meaning: [UInt8]? { reading.columns == nil ? nil : reading.meaning }

    /// What a function makes of the rows, in their order.
    public func compactMap<Value>(
        _ body: (UnreadRow) -> Value?
    ) throws(BookError) -> [Value] {
        var values: [Value] = []
        var csv = try CSVReader(
            source: .bytes(batch.bytes), delimiter: reading.delimiter, line: batch.line)
        while let record = try csv.next() {
            if let value = body(UnreadRow(record: record, reading: reading)) {
                values.append(value)
            }
        }
        return values
    }
}

/// A row of a file of which only the cells are known; it lasts as long as the call that hands it out.
public struct UnreadRow {
    let record: CSVRecord
    let reading: UnreadRows.Reading

    /// The line on which the row begins, counted from 1.
    public var line: Int { record.line }

    /// Adds all cells that the mapping looks at, each with its length in front, and in an order that
    /// does not depend on the columns'. Two rows of equal cells and equal ``UnreadRows/meaning`` state
    /// the same of the same account, whatever else stands in the file and whatever its day is.
    ///
    /// False, and nothing is added, where that cannot be said: the row is malformed, or the mapping
    /// reads it by the file's day.
    public func addCells(to bytes: inout [UInt8]) -> Bool {
        guard let columns = reading.columns, record.fault == nil,
            record.fieldCount == reading.rows.header.columnCount
        else { return false }
        for column in columns {
            let cell = record[column]
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: cell.count).littleEndian) {
                bytes.append(contentsOf: $0)
            }
            bytes.append(contentsOf: cell)
        }
        return true
    }

    /// The row as the file has it, for its reject.
    var original: [UInt8] { reading.rows.header.original(of: record) }

    /// The account or reject that the row is; nil when the mapping leaves it out.
    public func read() -> BookRow? { reading.rows.row(of: record) }
}

/// Some rows of a file, one behind the other.
public enum BookBatch: Sendable {
    /// Rows that were read.
    case rows([BookRow])
    /// Rows that can be read on any thread, in pieces.
    case unread([UnreadRows])
}

extension BookBatch {
    /// The row that begins on a line, as the file has it, for its reject; empty when none does.
    public func original(ofLine line: Int) throws(BookError) -> [UInt8] {
        switch self {
        case .rows(let rows):
            for case .record(let record) in rows where record.line == line {
                return record.original
            }
        case .unread(let pieces):
            for piece in pieces {
                let found = try piece.compactMap { $0.line == line ? $0.original : nil }
                if let original = found.first { return original }
            }
        }
        return []
    }
}
