import Foundation
import NodeAssembly

/// Rows (or something else) done so far, on a terminal only: a line that overwrites itself.
final class Progress: Sendable {
    private let name: String
    private let unit: String
    private let isShown = isatty(STDERR_FILENO) == 1

    init(of file: String, unit: String = "rows") {
        name = URL(filePath: file).lastPathComponent
        self.unit = unit
    }

    func update(_ rows: Int) {
        show("\r\(name): \(rows) \(unit)")
    }

    func finish() {
        show("\r\u{1B}[K")
    }

    private func show(_ text: String) {
        if isShown { FileHandle.standardError.write(Data(text.utf8)) }
    }
}

extension Progress {
    /// The unit of work that counts bytes.
    static let mebibytes = "MiB"

    /// Shows how far a backup or restore has come.
    func update(_ progress: BackupProgress) {
        update(progress.done >> 20)
    }
}
