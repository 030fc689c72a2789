import Dispatch
import Foundation
import RiskStandard
import Synchronization

/// Reads a lender's file on all cores, in batches of whole records, for those who ask what is in it
/// and need no order within a batch: each batch becomes a part, and the parts come in the file's
/// order. Memory is that of a few batches, whatever the file's size.
///
/// A file with one row per account and period is gathered like ``BookReader`` does, on one core.
public struct ParallelBookReader {
    private static let batchBytes = 1 << 20
    /// Accounts of a gathered file that make a part.
    private static let gatheredRows = 4096

    /// The day for which the file stands.
    public let asOf: CalendarDate
    /// The header as the file has it.
    public let headerText: [UInt8]
    /// The header's columns, in their order.
    public let columnNames: [String]
    /// In what the file is written, as far as it has been read.
    public var encoding: TextEncoding { text.encoding }

    private let mapping: ColumnMapping
    private let text: TextSource
    private let rows: RowReader
    private var csv: CSVReader
    private var gathered: BookReader?

    /// Reads the header and finds the mapping's columns in it, like ``BookReader``.
    public init(
        mapping: ColumnMapping, source: ByteSource, asOf: CalendarDate? = nil
    ) throws(BookError) {
        guard let asOf = asOf ?? mapping.asOf else { throw .asOfMissing }
        self.asOf = asOf
        self.mapping = mapping
        text = TextSource(source, encoding: mapping.encoding)
        var csv = try CSVReader(source: text.bytes, delimiter: mapping.delimiter)
        rows = try RowReader(mapping, csv: &csv, asOf: asOf, keepsOriginals: false)
        headerText = rows.header.original
        columnNames = rows.header.columnNames
        gathered =
            try mapping.periods == nil
            ? nil : BookReader(mapping: mapping, text: text, csv: csv, rows: rows, asOf: asOf)
        self.csv = csv
    }

    /// Reads the file to its end.
    ///
    /// - Parameters:
    ///   - part: makes an empty part.
    ///   - add: adds a row to a part; called on several threads at once.
    ///   - finish: takes each part, in the file's order, with what was read for it.
    public mutating func read<Part: Sendable>(
        into part: @Sendable () -> Part, add: @Sendable (BookRow, inout Part) -> Void,
        finish: (Part, BookCounts) throws(BookError) -> Void
    ) throws(BookError) {
        if gathered != nil { return try readGathered(part, add, finish) }
        let width = max(2, ProcessInfo.processInfo.activeProcessorCount) * 2
        while true {
            var batches: [CSVBatch] = []
            while batches.count < width,
                let batch = try csv.nextBatch(bytesMin: Self.batchBytes)
            {
                batches.append(batch)
            }
            if batches.isEmpty { return }
            for (part, counts) in try parts(of: batches, part, add) { try finish(part, counts) }
        }
    }

    private func parts<Part: Sendable>(
        of batches: [CSVBatch], _ part: @Sendable () -> Part,
        _ add: @Sendable (BookRow, inout Part) -> Void
    ) throws(BookError) -> [(Part, BookCounts)] {
        typealias Outcome = Result<(Part, BookCounts), BookError>
        let outcomes = Mutex<[Outcome?]>(Array(repeating: nil, count: batches.count))
        let (rows, delimiter) = (rows, mapping.delimiter)
        DispatchQueue.concurrentPerform(iterations: batches.count) { index in
            let outcome = Outcome { () throws(BookError) in
                try Self.part(of: batches[index], rows, delimiter, part(), add)
            }
            outcomes.withLock { $0[index] = outcome }
        }
        var parts: [(Part, BookCounts)] = []
        for outcome in outcomes.withLock({ $0 }) {
            if let outcome { parts.append(try outcome.get()) }
        }
        return parts
    }

    private static func part<Part>(
        of batch: CSVBatch, _ rows: RowReader, _ delimiter: UInt8, _ empty: Part,
        _ add: (BookRow, inout Part) -> Void
    ) throws(BookError) -> (Part, BookCounts) {
        var part = empty
        var counts = BookCounts()
        var csv = try CSVReader(
            source: .bytes(batch.bytes), delimiter: delimiter, line: batch.line)
        while let record = try csv.next() {
            counts.rows += 1
            let row = rows.row(of: record)
            counts.count(row)
            if let row { add(row, &part) }
        }
        return (part, counts)
    }

    private mutating func readGathered<Part>(
        _ part: () -> Part, _ add: (BookRow, inout Part) -> Void,
        _ finish: (Part, BookCounts) throws(BookError) -> Void
    ) throws(BookError) {
        var before = BookCounts()
        while true {
            var made = part()
            var count = 0
            while count < Self.gatheredRows, let row = try gathered?.next() {
                add(row, &made)
                count += 1
            }
            let now = gathered?.counts ?? before
            try finish(made, now.since(before))
            before = now
            if count == 0 { return }
        }
    }
}
