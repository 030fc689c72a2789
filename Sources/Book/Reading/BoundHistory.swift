import RiskStandard

/// The month columns of a wide history, found in the header.
struct BoundHistory {
    private let columns: [(name: String, index: Int, isPersonal: Bool)]
    private let ends: BoundCell?
    private let asOf: CalendarDate
    private let table: ValueTable
    private let parser: CellParser

    init(_ history: WideHistory, binder: Binder) throws(BookError) {
        var columns: [(name: String, index: Int, isPersonal: Bool)] = []
        for name in history.columns {
            let index = try binder.header.index(of: name)
            columns.append((name, index, binder.isPersonal(name)))
        }
        self.columns = columns
        switch history.end {
        case .asOf: ends = nil
        case .cell(let rule): ends = try binder.bindRequired(rule)
        }
        asOf = binder.asOf
        table = history.letters
        parser = CellParser(
            field: .daysPastDue, format: history.format, asOf: binder.asOf)
    }

    /// The letters, oldest first, and the month of the last.
    func letters(in record: CSVRecord) throws(RowFault) -> (RepaymentHistory?, YearMonth?) {
        var letters: [RepaymentHistory.Letter] = []
        for column in columns {
            let text = record[column.index].trimmed
            do {
                letters.append(try letter(text))
            } catch {
                throw RowFault(
                    error, in: column.name, text: text, isPersonal: column.isPersonal)
            }
        }
        guard let ends else { return (RepaymentHistory(newestOf: letters), asOf.yearMonth) }
        guard case .month(let month) = try ends.value(in: record) else {
            throw RowFault(
                column: ends.column, code: .valueMissing, reason: "the history's end is missing")
        }
        return (RepaymentHistory(newestOf: letters), month)
    }

    private func letter(
        _ text: ArraySlice<UInt8>
    ) throws(CellFault) -> RepaymentHistory.Letter {
        if text.isEmpty { return .unknown }
        if case .letter(let letter) = table.value(of: text) { return letter }
        return RepaymentHistory.Letter(daysPastDue: try parser.daysPastDue(text))
    }
}
