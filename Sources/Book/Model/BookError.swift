/// Why a whole file can't be read. The lender's file or mapping is at fault unless said
/// otherwise; no case holds a cell's text.
public enum BookError: Error, Sendable, Equatable {
    /// There is not even a header.
    case empty
    /// The operating system failed to read (its `errno`); trying again may help.
    case readFailed(errno: Int32)
    /// The file grew or changed while it was read: wait until its export is done.
    case changedWhileRead
    /// The file is no text, or in an encoding that is not read.
    case foreign(ForeignContent)
    /// The text is neither UTF-8 nor GB 18030.
    case encodingUnknown
    /// The C library of this machine has no table of GB 18030.
    case encodingNotInstalled
    /// The header is not text, or has NUL bytes.
    case notText
    /// The header breaks RFC 4180: a stray quote, or lines that end in CR alone.
    case malformedHeader
    /// The file has more columns than ``BookLimits/columnsMax``.
    case tooManyColumns(found: Int)
    /// The record that begins on this line is longer than ``BookLimits/recordBytesMax``.
    case recordTooLong(line: Int)
    /// The record that begins on this line opens a quote that never closes.
    case unclosedQuote(line: Int)
    /// The mapping names a column that the header has not.
    case missingColumn(String)
    /// The mapping names a column that the header has more than once.
    case duplicateColumn(String)
    /// The first line is no header; it seems to stand on this line.
    case headerBelow(line: Int)
    /// The header seems to be separated by another character than the mapping says.
    case otherDelimiter(String)
    /// The header says in what its amounts are written, the mapping says something else.
    case otherUnit(column: String, unit: String)
    /// Neither the caller nor the mapping says for which day the file stands.
    case asOfMissing
    /// The file has more accounts than ``BookLimits/periodAccountsMax``: split it.
    case tooManyAccounts
    /// A spreadsheet has destroyed more identifiers than a file may have (``DamageCount``).
    case damagedIdentifiers(DamageCount)
}

extension BookError: CustomStringConvertible {
    /// One sentence, with the way to mend it where there is one.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .readFailed(let errno): "reading failed (errno \(errno)); try again"
        case .changedWhileRead:
            "the file changed while it was read; wait until its export is done and try again"
        case .foreign(let content): content.description
        case .encodingUnknown:
            "the text is neither UTF-8 nor GB 18030 (GBK); save the file as \"CSV UTF-8\", "
                + "or say 'file: { encoding: utf-8 }' to reject the rows at fault alone"
        case .encodingNotInstalled:
            "this machine cannot read GB 18030; save the file as \"CSV UTF-8\""
        case .notText: "the header is not text; save the file as \"CSV UTF-8\""
        case .malformedHeader:
            "the header is not valid CSV: check its quotes and that lines end in LF or CRLF"
        case .tooManyColumns(let found):
            "the header has \(found) columns, at most \(BookLimits.columnsMax) are read"
        case .recordTooLong(let line):
            "the record at line \(line) is longer than \(BookLimits.recordBytesMax) bytes"
        case .unclosedQuote(let line): "the record at line \(line) opens a quote that never closes"
        case .missingColumn(let name): "the mapping names column '\(name)', the file has none"
        case .duplicateColumn(let name):
            "the mapping names column '\(name)', the file has it more than once"
        case .headerBelow(let line):
            "the first line is no header, it seems to stand on line \(line); say "
                + "'file: { skipLines: \(line - 1) }' in the mapping"
        case .otherDelimiter(let delimiter):
            "the header is not separated as the mapping says; say "
                + "'file: { delimiter: \"\(delimiter)\" }'"
        case .otherUnit(let column, let unit):
            "the header says that '\(column)' is in units of \(unit), the mapping does not; "
                + "say 'unit: \(unit)' there"
        case .asOfMissing: "say for which day the file stands (as-of date)"
        case .tooManyAccounts:
            "the file has more than \(BookLimits.periodAccountsMax) accounts; split it"
        case .damagedIdentifiers(let count):
            "\(count.damaged) of \(count.rows) identifiers were destroyed by a spreadsheet, which "
                + "keeps 15 digits of a number; export the file again and do not open it in one, "
                + "or format the column as text first"
        }
    }
}
