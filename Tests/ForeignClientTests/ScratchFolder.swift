import Foundation

/// A folder that lasts as long as a test.
enum ScratchFolder {
    /// Makes a folder that only its owner may enter, and removes it whatever happens.
    static func with(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-foreign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
