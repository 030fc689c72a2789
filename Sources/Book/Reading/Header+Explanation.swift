extension Header {
    /// Rows below the header that are searched for another one.
    private static let searchedRows = 20

    /// Why a column is not there, as well as the file tells: separated otherwise, or below a title.
    func explanation(
        ofMissing name: String, in csv: inout CSVReader
    ) throws(BookError) -> BookError {
        if columnCount == 1, let delimiter = delimiter(thatShows: name) {
            return .otherDelimiter(delimiter)
        }
        for _ in 0..<Self.searchedRows {
            guard let record = try csv.next() else { break }
            guard record.fault == nil, record.fieldCount <= BookLimits.columnsMax else { continue }
            let holds = (0..<record.fieldCount).contains {
                record[$0].trimmed.elementsEqual(name.utf8)
            }
            if holds { return .headerBelow(line: record.line) }
        }
        return .missingColumn(name)
    }

    private func delimiter(thatShows name: String) -> String? {
        [",", ";", "|", "\t"].first { delimiter in
            columnNames[0].split(separator: delimiter).contains {
                $0.trimmingPrefix { $0.isWhitespace || $0 == "\"" }.hasPrefix(name)
            }
        }.map { $0 == "\t" ? "tab" : $0 }
    }
}
