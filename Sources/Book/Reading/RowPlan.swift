import RiskStandard

/// A mapping bound to a file's header: turns one record into a draft.
struct RowPlan {
    private let header: Header
    private let constants: RecordDraft
    private let cells: [BoundCell]
    private let skips: [[BoundCondition]]
    private let rules: [BoundRule]
    private let history: BoundHistory?
    private let asOf: CalendarDate
    private var columns: [Field: String] = [:]
    /// Whether anything fills the ground of a consent.
    let statesConsents: Bool

    /// Finds every column that the mapping names.
    init(_ mapping: ColumnMapping, header: Header, asOf: CalendarDate) throws(BookError) {
        let binder = Binder(mapping: mapping, header: header, asOf: asOf)
        var constants = RecordDraft()
        var cells: [BoundCell] = []
        for assignment in mapping.assignments {
            switch try binder.bind(assignment) {
            case .constant(let field, let value): constants.set(field, value)
            case .cell(let cell):
                cells.append(cell)
                columns[cell.field] = cell.column
            case nil: break
            }
        }
        var skips: [[BoundCondition]] = []
        for skip in mapping.skips { skips.append(try binder.bind(skip)) }
        var rules: [BoundRule] = []
        for rule in mapping.rules { rules.append(try binder.bind(rule)) }
        for cell in rules.flatMap(\.cells) where columns[cell.field] == nil {
            columns[cell.field] = cell.column
        }
        statesConsents =
            columns[.consentBasis] != nil || constants.consent.basis != nil
            || rules.contains { $0.fills(.consentBasis) }
        self.header = header
        self.constants = constants
        self.cells = cells
        self.skips = skips
        self.rules = rules
        self.asOf = asOf
        history = try mapping.history.map { history throws(BookError) in
            try BoundHistory(history, binder: binder)
        }
    }

    /// Whether the record can be read at all.
    func check(_ record: CSVRecord) throws(RowFault) { try header.check(record) }

    /// Whether a filter of the mapping leaves the record out.
    func skips(_ record: CSVRecord) -> Bool {
        skips.contains { conditions in conditions.allSatisfy { $0.holds(for: record) } }
    }

    /// Constants, cells, then rules in their order; a later one wins. Lasting rules are left to
    /// ``lastingHits(in:)``.
    func draft(of record: CSVRecord) throws(RowFault) -> RecordDraft {
        var draft = constants
        for cell in cells { draft.set(cell.field, try cell.value(in: record)) }
        if let history {
            let (letters, ends) = try history.letters(in: record)
            draft.setHistory(letters, ends: ends)
        }
        for rule in rules where !rule.isLasting && rule.holds(for: record) {
            try rule.apply(to: &draft, from: record)
        }
        return draft
    }

    /// The account number alone, of a record that may be faulty elsewhere.
    func accountNumber(in record: CSVRecord) -> String? {
        guard let cell = cells.first(where: { $0.field == .accountNumber }),
            case .text(let number) = try? cell.value(in: record)
        else { return nil }
        return number
    }

    /// The lasting rules that the record meets, with the values that they set.
    func lastingHits(in record: CSVRecord) throws(RowFault) -> [LastingHit] {
        var hits: [LastingHit] = []
        for (index, rule) in rules.enumerated() where rule.isLasting && rule.holds(for: record) {
            hits.append(LastingHit(rule: index, values: try rule.values(from: record)))
        }
        return hits
    }

    /// The finished record.
    func record(_ draft: RecordDraft, line: Int) throws(RowFault) -> AccountRecord {
        do {
            return try draft.record(line: line, asOf: asOf)
        } catch {
            throw RowFault(
                column: error.field.flatMap { columns[$0] }, code: error.code, reason: error.reason)
        }
    }
}
