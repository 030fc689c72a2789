/// Why a row is not a record, before its line is known.
struct RowFault: Error, Equatable {
    /// The column at fault, nil when the row as a whole is.
    var column: String?
    let code: RejectCode
    let reason: String

    init(column: String? = nil, code: RejectCode, reason: String) {
        self.column = column
        self.code = code
        self.reason = reason
    }

    /// A cell's fault; shows the cell's text only if it is not `isPersonal`.
    init(_ fault: CellFault, in column: String, text: ArraySlice<UInt8>, isPersonal: Bool) {
        var reason = fault.reason
        if !isPersonal {
            let shown = text.text.prefix(BookLimits.shownCharactersMax)
            reason += " (found '\(shown)'\(shown.utf8.count < text.count ? ", cut short" : ""))"
        }
        self.init(column: column, code: fault.code, reason: reason)
    }

    /// The reject of the row that begins at `line`; several rows together have no text to give
    /// back.
    func row(at line: Int, original: [UInt8] = []) -> RejectedRow {
        var row = RejectedRow(line: line, column: column, code: code, reason: reason)
        row.original = original
        return row
    }
}

extension Header {
    /// The reject of a record; a row of totals is told from a broken one.
    func reject(
        _ record: CSVRecord, _ fault: RowFault, keepsOriginal: Bool = true
    ) -> RejectedRow {
        let found = isTotals(record) ? .totals : fault
        return found.row(
            at: record.line, original: keepsOriginal ? original(of: record) : [])
    }

    /// Whether the first text of a row is what stands before totals.
    private func isTotals(_ record: CSVRecord) -> Bool {
        guard record.fault == nil else { return false }
        let count = min(record.fieldCount, BookLimits.columnsMax)
        let cells = (rejectColumnCount..<max(rejectColumnCount, count)).lazy
            .map { record[$0].trimmed }
        guard let first = cells.first(where: { !$0.isEmpty }), first.count <= Self.totalsBytesMax
        else { return false }
        let text = first.text.lowercased().filter { !$0.isWhitespace }
        return Self.totals.contains { text.hasPrefix($0) }
    }

    private static let totalsBytesMax = 40
    private static let totals = ["合计", "总计", "小计", "共计", "本页", "汇总", "total", "subtotal"]
}

extension RowFault {
    fileprivate static let totals = RowFault(
        code: .totalsRow, reason: "a row of totals, not an account")
}
