import RiskStandard

/// Reads a lender's file through a column mapping, one account or reject at a time.
///
/// With one row per account memory is constant. A file with one row per account and period
/// (mapping block `periods`) is gathered in memory until its end, bounded by
/// ``BookLimits/periodAccountsMax``; its rejects come first, its accounts after them.
public struct BookReader: Sendable {
    /// The day for which the file stands.
    public let asOf: CalendarDate
    /// What was read so far; complete once ``next()`` has returned nil.
    public private(set) var counts = BookCounts()

    /// The header as the file has it, for the reject file.
    public var headerText: [UInt8] { header.original }
    /// In what the file is written, as far as it has been read.
    public var encoding: TextEncoding { text.encoding }

    private let text: TextSource
    private let header: Header
    private var csv: CSVReader
    private let plan: RowPlan
    private var gathering: PeriodGathering?

    /// Reads the header and finds the mapping's columns in it.
    ///
    /// `asOf` is the day for which the file stands; nil takes the mapping's own, if it has one.
    public init(
        mapping: ColumnMapping, source: ByteSource, asOf: CalendarDate? = nil
    ) throws(BookError) {
        guard let asOf = asOf ?? mapping.asOf else { throw .asOfMissing }
        self.asOf = asOf
        text = TextSource(source, encoding: mapping.encoding)
        var csv = try CSVReader(source: text.bytes, delimiter: mapping.delimiter)
        header = try Header(from: &csv, skipLines: mapping.skipLines)
        do {
            plan = try RowPlan(mapping, header: header, asOf: asOf)
        } catch .missingColumn(let name) {
            throw try header.explanation(ofMissing: name, in: &csv)
        }
        let binder = Binder(mapping: mapping, header: header, asOf: asOf)
        gathering = try mapping.periods.map { layout throws(BookError) in
            try PeriodGathering(layout, binder: binder)
        }
        self.csv = csv
    }

    /// The next account or reject, nil at the end of the file. After an error the file is of no
    /// further use, and nothing of it should be kept.
    public mutating func next() throws(BookError) -> BookRow? {
        guard let row = try nextRow() else { return nil }
        switch row {
        case .record: counts.records += 1
        case .rejected: counts.rejected += 1
        }
        return row
    }

    private mutating func nextRow() throws(BookError) -> BookRow? {
        while let record = try csv.next() {
            counts.rows += 1
            if let row = try row(of: record) { return row }
        }
        return nextGathered()
    }

    /// What a record is; nil when it is skipped, or kept for later.
    private mutating func row(of record: CSVRecord) throws(BookError) -> BookRow? {
        do {
            try plan.check(record)
        } catch {
            return .rejected(header.reject(record, error))
        }
        if plan.skips(record) {
            counts.skipped += 1
            return nil
        }
        guard gathering == nil else { return try gather(record) }
        do {
            var account = try plan.record(try plan.draft(of: record), line: record.line)
            account.original = header.original(of: record)
            return .record(account)
        } catch {
            return .rejected(header.reject(record, error))
        }
    }
}

// MARK: - Rows of periods

extension BookReader {
    private mutating func gather(_ record: CSVRecord) throws(BookError) -> BookRow? {
        switch try gathering?.add(record, plan: plan) {
        case .superseded:
            counts.superseded += 1
            return nil
        case .rejected(let fault): return .rejected(header.reject(record, fault))
        case .kept, nil: return nil
        }
    }

    private mutating func nextGathered() -> BookRow? {
        guard let (account, isIncomplete) = gathering?.ledger.next() else { return nil }
        let line = account.newest.line
        if isIncomplete {
            let fault = RowFault(
                code: .accountIncomplete,
                reason: "another row of this account was rejected, so none of it is taken")
            return .rejected(fault.row(at: line))
        }
        do {
            return .record(try plan.record(account.draft(), line: line))
        } catch {
            return .rejected(error.row(at: line))
        }
    }
}
