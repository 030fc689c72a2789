import Foundation

/// A text that is pinned byte for byte beside the tests. `UPDATE_GOLDEN=1` writes it anew; read the
/// difference before it is committed.
struct GoldenFile {
    let url: URL

    init(_ name: String) {
        url = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/\(name)")
    }

    /// The pinned text; `actual` becomes it when an update is asked for.
    func text(updatedTo actual: String) throws -> String {
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: url)
        }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
