import Foundation

/// Rows read so far, on a terminal only: a line that overwrites itself.
final class Progress {
    private let name: String
    private let isShown = isatty(STDERR_FILENO) == 1

    init(of file: String) {
        name = URL(filePath: file).lastPathComponent
    }

    func update(_ rows: Int) {
        show("\r\(name): \(rows) rows")
    }

    func finish() {
        show("\r\u{1B}[K")
    }

    private func show(_ text: String) {
        if isShown { FileHandle.standardError.write(Data(text.utf8)) }
    }
}
