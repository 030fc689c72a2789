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
    public var headerText: [UInt8] { rows.header.original }
    /// Whether rows can state consents: the mapping fills them from what the file has.
    public var statesConsents: Bool { rows.plan.statesConsents }
    /// In what the file is written, as far as it has been read.
    public var encoding: TextEncoding { text.encoding }

    private let text: TextSource
    private var csv: CSVReader
    private let rows: RowReader
    private var gathering: PeriodGathering?
    private let reading: UnreadRows.Reading

    /// Reads the header and finds the mapping's columns in it.
    ///
    /// `asOf` is the day for which the file stands; nil takes the mapping's own, if it has one.
    public init(
        mapping: ColumnMapping, source: ByteSource, asOf: CalendarDate? = nil
    ) throws(BookError) {
        guard let asOf = asOf ?? mapping.asOf else { throw .asOfMissing }
        let text = TextSource(source, encoding: mapping.encoding)
        var csv = try CSVReader(source: text.bytes, delimiter: mapping.delimiter)
        let rows = try RowReader(mapping, csv: &csv, asOf: asOf, keepsOriginals: true)
        try self.init(mapping: mapping, text: text, csv: csv, rows: rows, asOf: asOf)
    }

    /// Goes on below a header that has been read.
    init(
        mapping: ColumnMapping, text: TextSource, csv: CSVReader, rows: RowReader,
        asOf: CalendarDate
    ) throws(BookError) {
        self.asOf = asOf
        self.text = text
        self.csv = csv
        self.rows = rows
        reading = try UnreadRows.Reading(rows: rows, mapping: mapping)
        let binder = Binder(mapping: mapping, header: rows.header, asOf: asOf)
        gathering = try mapping.periods.map { layout throws(BookError) in
            try PeriodGathering(layout, binder: binder)
        }
    }

    /// The next account or reject, nil at the end of the file. After an error the file is of no
    /// further use, and nothing of it should be kept.
    public mutating func next() throws(BookError) -> BookRow? {
        while let record = try csv.next() {
            counts.rows += 1
            guard gathering == nil else {
                if let row = try gather(record) { return row }
                continue
            }
            let row = rows.row(of: record)
            counts.count(row)
            if let row { return row }
        }
        guard let row = nextGathered() else { return nil }
        counts.count(row)
        return row
    }
}

// MARK: - Batches

extension BookReader {
    private static let rowsPerPiece = 128
    private static let bytesPerPiece = 256 << 10

    /// The next rows, at most so many; nil at the end of the file. They are unread, and not in
    /// ``counts``, unless the file has one row per account and period.
    public mutating func nextBatch(rowsMax: Int) throws(BookError) -> BookBatch? {
        if gathering != nil {
            var rows: [BookRow] = []
            while rows.count < rowsMax, let row = try next() { rows.append(row) }
            return rows.isEmpty ? nil : .rows(rows)
        }
        var unread: [UnreadRows] = []
        var bytes = 0
        while unread.count * Self.rowsPerPiece < rowsMax, bytes < Self.bytesPerPiece * 8,
            let batch = try csv.nextBatch(
                bytesMin: Self.bytesPerPiece, recordsMax: Self.rowsPerPiece)
        {
            bytes += batch.bytes.count
            unread.append(UnreadRows(batch: batch, reading: reading))
        }
        return unread.isEmpty ? nil : .unread(unread)
    }
}

// MARK: - Rows of periods

extension BookReader {
    /// Keeps a record for later; a reject is handed out at once.
    private mutating func gather(_ record: CSVRecord) throws(BookError) -> BookRow? {
        do {
            try rows.plan.check(record)
        } catch {
            return reject(record, error)
        }
        if rows.plan.skips(record) {
            counts.skipped += 1
            return nil
        }
        switch try gathering?.add(record, plan: rows.plan) {
        case .superseded: counts.superseded += 1
        case .rejected(let fault): return reject(record, fault)
        case .kept, nil: break
        }
        return nil
    }

    private mutating func reject(_ record: CSVRecord, _ fault: RowFault) -> BookRow {
        counts.rejected += 1
        return .rejected(rows.reject(record, fault))
    }

    private mutating func nextGathered() -> BookRow? {
        guard let (account, isIncomplete) = gathering?.ledger.next() else { return nil }
        let line = account.newest.line
        if isIncomplete {
            let fault = RowFault(
                code: .accountIncomplete,
                reason: "another row of this account was rejected, so none of it is taken")
            return .rejected(Self.reject(account, fault))
        }
        do {
            return .record(try rows.plan.record(account.draft(), line: line))
        } catch {
            return .rejected(Self.reject(account, error))
        }
    }

    private static func reject(_ account: PeriodAccount, _ fault: RowFault) -> RejectedRow {
        var rejected = fault.row(at: account.newest.line)
        rejected.accountNumber = account.newest.draft.accountNumber
        return rejected
    }
}
