import Foundation

/// A folder of metadata and targets as plain files: what is trusted, under names without versions, or
/// a whole repository.
public struct MetadataFolder: TrustedStore, RepositorySource {
    /// The folder.
    public let folder: URL
    private let mode: mode_t
    private let reached: @Sendable (WriteStep) throws(UpdateFault) -> Void

    /// The points of a write after which it may be cut off; tests cut it off there.
    package enum WriteStep: CaseIterable, Sendable {
        /// The file beside the place is open: what fails now leaves nothing.
        case opened
        /// It is written and on the disk, and not in its place: a crash leaves it, and it counts for
        /// nothing.
        case written
        /// It is in its place, which may not be on the disk yet: what fails now may have lasted.
        case moved
    }

    /// Names a folder, which must be there. Files are made with `mode`.
    public init(_ folder: URL, mode: mode_t = 0o600) {
        self.init(folder, mode: mode) { _ in }
    }

    /// The same; `reached` is told of each step of a write, and cuts it off by throwing.
    package init(
        _ folder: URL, mode: mode_t = 0o600,
        reached: @escaping @Sendable (WriteStep) throws(UpdateFault) -> Void
    ) {
        self.folder = folder
        self.mode = mode
        self.reached = reached
    }

    /// What was written last; nil for nothing.
    public func read(_ role: MetadataRole) throws(UpdateFault) -> [UInt8]? {
        try read(role.fileName, bytesMax: MetadataLimits.bytesMax(of: role))
    }

    /// Puts the bytes in the place of what was there.
    public func write(_ bytes: [UInt8], as role: MetadataRole) throws(UpdateFault) {
        try write(bytes, named: role.fileName)
    }

    /// One file; nil when it is not there.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        try read(name, bytesMax: bytesMax)
    }

    /// One file; nil when it is not there.
    public func read(_ name: String, bytesMax: Int) throws(UpdateFault) -> [UInt8]? {
        let descriptor = open(try path(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .storage
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .storage }
        guard status.st_size <= bytesMax else { throw .tooLarge }
        guard let data = try? handle.read(upToCount: bytesMax + 1) ?? Data() else { throw .storage }
        guard data.count <= bytesMax else { throw .tooLarge }
        return Array(data)
    }

    /// Writes a file beside its place, brings it to the disk and moves it there: a crash leaves the
    /// old content or the new one.
    public func write(_ bytes: [UInt8], named name: String) throws(UpdateFault) {
        let place = try path(name)
        let temporary = try path(".\(name).\(UInt32.random(in: .min ... .max))")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .storage }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try reached(.opened)
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary)
            throw .storage
        }
        try reached(.written)
        guard rename(temporary, place) == 0 else {
            unlink(temporary)
            throw .storage
        }
        try reached(.moved)
        try synchronize()
    }

    /// Removes a file that is not needed any more; one that is not there is no fault.
    public func remove(_ name: String) throws(UpdateFault) {
        guard unlink(try path(name)) == 0 || errno == ENOENT else { throw .storage }
    }

    /// The names of the files, those that a crash left unfinished aside.
    public func names() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Names are single parts of a path: nothing outside the folder is reached.
    private func path(_ name: String) throws(UpdateFault) -> String {
        guard !name.isEmpty, name != ".", name != "..", !name.contains("/"),
            !name.utf8.contains(0)
        else { throw .storage }
        return folder.path + "/" + name
    }

    private func synchronize() throws(UpdateFault) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .storage }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .storage }
    }
}
