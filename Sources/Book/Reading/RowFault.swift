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

    /// The reject of a record.
    func row(of record: CSVRecord) -> RejectedRow {
        row(at: record.line, original: record.original)
    }

    /// The reject of the row that begins at `line`; several rows together have no text to give
    /// back.
    func row(at line: Int, original: [UInt8] = []) -> RejectedRow {
        var row = RejectedRow(line: line, column: column, code: code, reason: reason)
        row.original = original
        return row
    }
}
