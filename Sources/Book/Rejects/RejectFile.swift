import Foundation

/// The reject file: CSV (RFC 4180, UTF-8, LF) with the columns `line,column,code,reason`, written
/// as rows are rejected. Only its owner may read it (mode 0600).
public struct RejectFile: ~Copyable {
    /// Why the file can't be written; the disk or its rights are at fault.
    public enum Failure: Error, Sendable, Equatable {
        /// A file of that name is there already: rejects are never overwritten.
        case exists
        /// The operating system failed (its `errno`).
        case failed(errno: Int32)
    }

    private static let bufferBytes = 64 << 10

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Creates the file and writes its header.
    public init(path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists : .failed(errno: errno)
        }
        self.init(descriptor: descriptor)
    }

    /// Takes over an open file and writes the header into it.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        buffer.append(contentsOf: "line,column,code,reason\n".utf8)
    }

    deinit { _ = Foundation.close(descriptor) }

    /// Adds a row.
    public mutating func write(_ row: RejectedRow) throws(Failure) {
        let fields = [String(row.line), row.column ?? "", row.code, row.reason]
        buffer.append(contentsOf: fields.map(Self.quoted).joined(separator: ",").utf8)
        buffer.append(0x0A)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Writes what is still in memory and forces it to the disk; call it at the end.
    public mutating func finish() throws(Failure) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .failed(errno: errno) }
    }

    private mutating func flush() throws(Failure) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .failed(errno: errno) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// In quotes where the text needs them. A text that a spreadsheet would take for a formula
    /// gets an apostrophe in front.
    private static func quoted(_ text: String) -> String {
        let formula = text.first.map { "=+-@".contains($0) } ?? false
        let safe = formula ? "'" + text : text
        guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
