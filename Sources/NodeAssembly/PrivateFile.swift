import Foundation

/// Files that only their owner may read.
public enum PrivateFile {
    /// Writes a new or renewed file of mode 0600: beside it first, to the disk, then in its place,
    /// so that a crash leaves the old content or the new one.
    public static func write(_ bytes: some Collection<UInt8>, to file: URL) throws(NodeError) {
        let temporary = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).\(UInt32.random(in: .min ... .max))")
        let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(file, "cannot be written") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary.path)
            throw failure(file, "cannot be written")
        }
        guard rename(temporary.path, file.path) == 0 else {
            unlink(temporary.path)
            throw failure(file, "cannot be put in place")
        }
        try synchronizeFolder(of: file)
    }

    /// Bytes of a file that are copied at a time.
    static let copyBytes = 1024 * 1024

    /// Copies a file to a new one of mode 0600; when this returns, it has reached the disk.
    static func copy(_ source: URL, to place: URL) throws(NodeError) {
        guard let input = FileHandle(forReadingAtPath: source.path) else {
            throw failure(source, "cannot be read")
        }
        defer { try? input.close() }
        try write(to: place) { output throws(NodeError) in
            do {
                while let part = try input.read(upToCount: copyBytes), !part.isEmpty {
                    try output.write(contentsOf: part)
                }
            } catch {
                throw failure(place, "cannot be written")
            }
        }
    }

    /// Writes a new file of mode 0600 part by part; when this returns, it has reached the disk.
    static func write(
        to place: URL, _ body: (FileHandle) throws(NodeError) -> Void
    ) throws(NodeError) {
        let descriptor = open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(place, "cannot be written") }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try body(output)
        do {
            try output.synchronize()
            try output.close()
        } catch {
            throw failure(place, "cannot be written")
        }
        try synchronizeFolder(of: place)
    }

    /// Overwrites a small file and removes it; one that is not there is none to destroy.
    static func destroy(_ file: URL) throws(NodeError) {
        let descriptor = open(file.path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw failure(file, "cannot be overwritten")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(file, "cannot be read") }
        let zeros = [UInt8](repeating: 0, count: Int(status.st_size))
        guard pwrite(descriptor, zeros, zeros.count, 0) == zeros.count, fsync(descriptor) == 0,
            unlink(file.path) == 0
        else { throw failure(file, "cannot be destroyed") }
        try synchronizeFolder(of: file)
    }

    /// Moves a file to another name, over what is there; when this returns, it has reached the disk.
    static func move(_ file: URL, to place: URL) throws(NodeError) {
        guard rename(file.path, place.path) == 0 else {
            throw failure(place, "cannot be put in place")
        }
        try synchronizeFolder(of: place)
    }

    /// Reads a file that must not be readable by others, at most `bytesMax` bytes.
    public static func read(_ file: URL, bytesMax: Int) throws(NodeError) -> [UInt8] {
        let descriptor = open(file.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(file, "cannot be read") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(file, "cannot be read") }
        guard status.st_mode & 0o077 == 0 else {
            throw .file(file.path, "others may read it; run: chmod 600 \(file.path)")
        }
        guard status.st_size <= bytesMax else {
            throw .file(file.path, "is larger than \(bytesMax) bytes")
        }
        guard let data = try? handle.readToEnd() ?? Data() else {
            throw failure(file, "cannot be read")
        }
        return Array(data)
    }

    private static func synchronizeFolder(of file: URL) throws(NodeError) {
        let folder = file.deletingLastPathComponent()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, "cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder, "cannot be written to disk") }
    }

    private static func failure(_ file: URL, _ what: String) -> NodeError {
        .file(file.path, "\(what): \(String(cString: strerror(errno)))")
    }
}
