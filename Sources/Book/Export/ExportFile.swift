import Foundation

/// A CSV file that is written row by row and stands under its name only when it is whole.
///
/// UTF-8 with a byte order mark, LF, a comma between cells. It may hold personal data like a
/// lender's own file: only its owner may read it (mode 0600), and nothing is ever overwritten. Until
/// ``finish()`` it has `.partial` behind its name, so that half a book cannot look whole; a process
/// that is killed leaves that name, any other end removes it.
public struct ExportFile: ~Copyable {
    /// Why the file can't be written; the disk, its rights or an older file are at fault.
    public enum Failure: Error, Sendable, Equatable {
        /// A file of that name is there already.
        case exists
        /// An unfinished export of that name is there: it may be in the making.
        case unfinished
        /// The operating system failed (its `errno`).
        case failed(errno: Int32)
    }

    private static let bufferBytes = 64 << 10

    private let path: String
    private let descriptor: Int32
    private var buffer = Array("\u{FEFF}".utf8)

    /// Creates the file under its unfinished name, with a header.
    public init(path: String, header: [String]) throws(Failure) {
        guard !FileManager.default.fileExists(atPath: path) else { throw .exists }
        let descriptor = open(
            Self.partial(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .unfinished : .failed(errno: errno)
        }
        self.path = path
        self.descriptor = descriptor
        append(header)
    }

    /// Removes the unfinished name; after `finish()` it is gone already.
    deinit {
        _ = Foundation.close(descriptor)
        unlink(Self.partial(path))
    }

    /// The name until the file is whole.
    static func partial(_ path: String) -> String { path + ".partial" }

    /// Adds a row.
    public mutating func write(_ cells: [String]) throws(Failure) {
        append(cells)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Forces everything to the disk and gives the file its name.
    public consuming func finish() throws(Failure) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .failed(errno: errno) }
        // A link, unlike a change of name, never takes another file's place.
        guard link(Self.partial(path), path) == 0 else {
            throw errno == EEXIST ? .exists : .failed(errno: errno)
        }
        try synchronizeFolder()
    }

    private func synchronizeFolder() throws(Failure) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(errno: errno) }
        defer { _ = Foundation.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .failed(errno: errno) }
    }

    private mutating func flush() throws(Failure) {
        if let reason = buffer.drain(to: descriptor) { throw .failed(errno: reason) }
    }

    private mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(contentsOf: Self.quoted(cell).utf8)
        }
        buffer.append(0x0A)
    }

    /// In quotes where the text needs them; a text is never changed.
    private static func quoted(_ text: String) -> String {
        let special: [UInt8] = [0x22, 0x0A, 0x0D, UInt8(ascii: ",")]
        guard text.utf8.contains(where: special.contains) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
