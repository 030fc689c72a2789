import Foundation

/// A real file system that is full soon, in memory. Only root may make one.
enum SmallDisk {
    /// Whether this machine lets the tests make one.
    static let isPossible: Bool = {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-mount-\(UUID().uuidString)")
        guard
            (try? FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false))
                != nil
        else { return false }
        defer { try? FileManager.default.removeItem(at: folder) }
        guard mount(at: folder, kibibytes: 64) else { return false }
        return unmount(folder)
    }()

    /// Runs `body` while a disk of so many KiB lies at an existing, empty folder.
    static func with(
        at folder: URL, kibibytes: Int, _ body: () async throws -> Void
    ) async throws {
        guard mount(at: folder, kibibytes: kibibytes) else { throw CocoaError(.fileWriteUnknown) }
        defer { _ = unmount(folder) }
        try await body()
    }

    private static func mount(at folder: URL, kibibytes: Int) -> Bool {
        run([
            "mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k,mode=0700", "tmpfs", folder.path,
        ])
    }

    private static func unmount(_ folder: URL) -> Bool {
        run(["umount", folder.path])
    }

    private static func run(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
