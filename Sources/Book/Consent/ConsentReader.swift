/// Reads a consent file: CSV in UTF-8 or GB 18030 with the columns `scheme`, `identifier`, `basis`,
/// `purposes` (separated by `;`), `granted_at`, `expires_at`, `withdrawn_at`, `evidence_digest`, in
/// any order; the last three may be blank or missing, other columns are passed over (protocol/book.md).
public struct ConsentReader: Sendable {
    private var csv: CSVReader
    private let header: Header
    private let cells: [BoundCell]

    private static let columns: [(field: Field, name: String, isOptional: Bool)] = [
        (.scheme, "scheme", false), (.identifier, "identifier", false),
        (.consentBasis, "basis", false), (.consentPurposes, "purposes", false),
        (.consentGrantedAt, "granted_at", false), (.consentExpiresAt, "expires_at", true),
        (.consentWithdrawnAt, "withdrawn_at", true),
        (.consentEvidenceDigest, "evidence_digest", true),
    ]

    /// The header as the file has it, for the reject file.
    public var headerText: [UInt8] { header.original }

    /// Reads the header and finds the columns in it.
    public init(source: ByteSource) throws(BookError) {
        let text = TextSource(source, encoding: nil)
        csv = try CSVReader(source: text.bytes, delimiter: UInt8(ascii: ","))
        header = try Header(from: &csv)
        var cells: [BoundCell] = []
        for column in Self.columns {
            var rule = CellRule(field: column.field, columns: [column.name])
            rule.isOptional = column.isOptional
            let personal: Set<String> = column.field.isPersonal ? [column.name] : []
            if let cell = try BoundCell(
                rule, header: header, asOf: nil, personalColumns: personal)
            {
                cells.append(cell)
            }
        }
        self.cells = cells
    }

    /// The next consent or reject, nil at the end of the file.
    public mutating func next() throws(BookError) -> ConsentRow? {
        guard let record = try csv.next() else { return nil }
        do {
            try header.check(record)
            return .entry(try entry(of: record))
        } catch {
            return .rejected(header.reject(record, error))
        }
    }

    private func entry(of record: CSVRecord) throws(RowFault) -> ConsentEntry {
        var draft = RecordDraft()
        for cell in cells { draft.set(cell.field, try cell.value(in: record)) }
        do {
            var entry = try draft.consentEntry(line: record.line)
            entry.original = header.original(of: record)
            return entry
        } catch {
            let column = cells.first { $0.field == error.field }?.column
            throw RowFault(column: column, code: error.code, reason: error.reason)
        }
    }
}

extension RecordDraft {
    /// The draft as a line of a consent file.
    fileprivate func consentEntry(line: Int) throws(DraftFault) -> ConsentEntry {
        guard let scheme else { throw .missing(.scheme) }
        guard let identifier else { throw .missing(.identifier) }
        guard let consent = try consent.record() else { throw .missing(.consentBasis) }
        return ConsentEntry(line: line, scheme: scheme, identifier: identifier, consent: consent)
    }
}
