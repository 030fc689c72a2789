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

    /// Fills the disk but for so many bytes with one file, and names it.
    static func fill(_ folder: URL, leaving bytes: Int) throws -> URL {
        let file = folder.appending(path: "filler")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var size = 0
        let page = [UInt8](repeating: 1, count: 4096)
        while page.withUnsafeBytes({ write(handle.fileDescriptor, $0.baseAddress, $0.count) })
            == page.count
        { size += page.count }
        try handle.truncate(atOffset: UInt64(max(0, size - bytes)))
        return file
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
