import RiskStandard

/// A mapping bound to a file's header, by which records become rows; it holds nothing of the file,
/// so that several threads can use it at once.
struct RowReader: Sendable {
    let header: Header
    let plan: RowPlan
    /// Whether rows carry the text of the file with them.
    let keepsOriginals: Bool

    /// Reads the header at the front of `csv` and finds the mapping's columns in it.
    init(
        _ mapping: ColumnMapping, csv: inout CSVReader, asOf: CalendarDate, keepsOriginals: Bool
    ) throws(BookError) {
        header = try Header(from: &csv, skipLines: mapping.skipLines)
        self.keepsOriginals = keepsOriginals
        do {
            plan = try RowPlan(mapping, header: header, asOf: asOf)
        } catch .missingColumn(let name) {
            throw try header.explanation(ofMissing: name, in: &csv)
        }
    }

    /// The account or reject that a record is; nil when the mapping leaves it out.
    func row(of record: CSVRecord) -> BookRow? {
        do {
            try plan.check(record)
            if plan.skips(record) { return nil }
            var account = try plan.record(try plan.draft(of: record), line: record.line)
            if keepsOriginals { account.original = header.original(of: record) }
            return .record(account)
        } catch {
            var rejected = reject(record, error)
            if record.fault == nil, record.fieldCount == header.columnCount {
                rejected.accountNumber = plan.accountNumber(in: record)
            }
            return .rejected(rejected)
        }
    }

    /// The reject of a record.
    func reject(_ record: CSVRecord, _ fault: RowFault) -> RejectedRow {
        header.reject(record, fault, keepsOriginal: keepsOriginals)
    }
}
