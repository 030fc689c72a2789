/// Why a whole file can't be read. The lender's file or mapping is at fault unless said
/// otherwise; no case holds a cell's text.
public enum BookError: Error, Sendable, Equatable {
    /// There is not even a header.
    case empty
    /// The operating system failed to read (its `errno`); trying again may help.
    case readFailed(errno: Int32)
    /// The header is not UTF-8 text without NUL bytes: save the file as "CSV UTF-8".
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
    /// Neither the caller nor the mapping says for which day the file stands.
    case asOfMissing
    /// The file has more accounts than ``BookLimits/periodAccountsMax``: split it.
    case tooManyAccounts
}

extension BookError: CustomStringConvertible {
    /// One sentence, with the way to mend it where there is one.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .readFailed(let errno): "reading failed (errno \(errno)); try again"
        case .notText: "the header is not UTF-8 text; save the file as CSV in UTF-8"
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
        case .asOfMissing: "say for which day the file stands (as-of date)"
        case .tooManyAccounts:
            "the file has more than \(BookLimits.periodAccountsMax) accounts; split it"
        }
    }
}
