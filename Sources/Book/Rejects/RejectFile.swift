import Foundation

/// The reject file: the rejected rows as they were, with line, column, code, reason and the way to
/// mend each in front. Once mended it is imported like the file whose rows it holds, by the same
/// mapping: a reader passes over the columns in front.
///
/// CSV (RFC 4180, UTF-8 with a byte order mark, LF, the delimiter of the file), written as rows are
/// rejected. It holds personal data like the lender's own file; only its owner may read it (mode
/// 0600).
public struct RejectFile: ~Copyable {
    /// Why the file can't be written; the disk or its rights are at fault.
    public enum Failure: Error, Sendable, Equatable {
        /// A file of that name is there already: rejects are never overwritten.
        case exists
        /// The operating system failed (its `errno`).
        case failed(errno: Int32)
    }

    /// The columns in front of the file's own.
    public static let columns = [
        "reject_line", "reject_column", "reject_code", "reject_reason", "reject_mend",
    ]

    private static let bufferBytes = 64 << 10

    private let descriptor: Int32
    private let delimiter: UInt8
    /// Columns of the file whose rows are rejected.
    private let columnCount: Int
    private var buffer: [UInt8] = []

    /// Creates the file and writes its header: the columns in front, then `header`, the text of
    /// the header of the file whose rows are rejected, of which `delimiter` separates the cells.
    public init(path: String, header: [UInt8], delimiter: UInt8) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists : .failed(errno: errno)
        }
        self.init(descriptor: descriptor, header: header, delimiter: delimiter)
    }

    /// Takes over an open file and writes the header into it.
    init(descriptor: Int32, header: [UInt8], delimiter: UInt8) {
        self.descriptor = descriptor
        self.delimiter = delimiter
        columnCount = Self.columnCount(of: header, delimiter: delimiter)
        buffer.append(contentsOf: "\u{FEFF}".utf8)
        append(Self.columns)
        buffer.append(delimiter)
        buffer.append(contentsOf: header)
        buffer.append(0x0A)
    }

    deinit { _ = Foundation.close(descriptor) }

    /// Adds a row.
    public mutating func write(_ row: RejectedRow) throws(Failure) {
        let mend = RejectMend(code: row.code)
        append([
            String(row.line), row.column ?? "", row.code, row.reason,
            "\(mend.english) \(mend.chinese)",
        ])
        buffer.append(delimiter)
        appendOriginal(of: row)
        buffer.append(0x0A)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Writes what is still in memory and forces it to the disk; call it at the end.
    public mutating func finish() throws(Failure) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .failed(errno: errno) }
    }

    private mutating func flush() throws(Failure) {
        if let reason = buffer.drain(to: descriptor) { throw .failed(errno: reason) }
    }

    /// The row as it was. One whose cells can't be told stands in the first column as a whole; so
    /// it has too few columns and can't be imported before it is mended.
    private mutating func appendOriginal(of row: RejectedRow) {
        if row.original.isEmpty {
            buffer.append(contentsOf: repeatElement(delimiter, count: columnCount - 1))
        } else if Self.brokenForms.contains(row.code) {
            let text = String(decoding: row.original, as: UTF8.self)
                .replacing("\u{0}", with: "\u{FFFD}")
            buffer.append(contentsOf: Self.inQuotes(text).utf8)
        } else {
            buffer.append(contentsOf: row.original)
        }
    }

    /// Rows whose cells can't be told.
    private static let brokenForms = Set(
        [RejectCode.columnCount, .quote, .lineBreak, .nulByte, .encoding].map(\.rawValue))

    private mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(delimiter) }
            buffer.append(contentsOf: quoted(cell).utf8)
        }
    }

    /// In quotes where the text needs them. A text that a spreadsheet would take for a formula
    /// gets an apostrophe in front.
    private func quoted(_ text: String) -> String {
        let formula = text.first.map { "=+-@".contains($0) } ?? false
        let safe = formula ? "'" + text : text
        let special = [0x22, 0x0A, 0x0D, delimiter]
        return safe.utf8.contains(where: special.contains) ? Self.inQuotes(safe) : safe
    }

    private static func inQuotes(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static func columnCount(of header: [UInt8], delimiter: UInt8) -> Int {
        var reader = try? CSVReader(source: .bytes(header), delimiter: delimiter)
        return max(1, (try? reader?.next()?.fieldCount) ?? 1)
    }
}
