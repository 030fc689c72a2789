import Foundation

/// A small file that only its owner may read (mode 0600), written whole or not at all.
enum SecretFile {
    private static let othersMask: mode_t = 0o077

    /// Writes a new file, whole. After a return it survives a loss of power; after an error there
    /// is no file of this name, unless there was one before.
    static func create(at path: String, bytes: [UInt8]) throws(KeyFileError) {
        let temporary = try createTemporary(beside: path, bytes: bytes)
        // A link, unlike a rename, refuses to take the place of a file that is there.
        let isNamed = link(temporary, path) == 0
        let refusal = errno
        unlink(temporary)
        guard isNamed else {
            throw refusal == EEXIST ? .exists : .system(operation: "name", errno: refusal)
        }
        do throws(KeyFileError) {
            try syncFolder(of: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Puts new content in the place of a file: a crash leaves the old content or the new one, whole.
    static func replace(_ path: String, bytes: [UInt8]) throws(KeyFileError) {
        let temporary = try createTemporary(beside: path, bytes: bytes)
        guard rename(temporary, path) == 0 else {
            let error = failure("replace")
            unlink(temporary)
            throw error
        }
        try syncFolder(of: path)
    }

    /// Overwrites a file's content and removes it. File systems and disks may keep older copies of
    /// what was overwritten; nothing in a program can help that.
    static func destroy(_ path: String, bytesMax: Int) throws(KeyFileError) {
        let length = try read(path, bytesMax: bytesMax).count
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open") }
        defer { close(descriptor) }
        try writeAll([UInt8](repeating: 0, count: length), to: descriptor)
        guard unlink(path) == 0 else { throw failure("remove") }
        try syncFolder(of: path)
    }

    /// Reads a file that nobody else may read, of at most `bytesMax` bytes.
    static func read(_ path: String, bytesMax: Int) throws(KeyFileError) -> [UInt8] {
        // O_NONBLOCK: a pipe of this name must not make the node wait for its other end.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .missing
            case ELOOP: throw .notPlainFile
            default: throw failure("open")
            }
        }
        defer { close(descriptor) }
        try check(descriptor, bytesMax: bytesMax)
        return try readAll(descriptor, bytesMax: bytesMax)
    }

    /// A file with a name of its own in the same folder, its content on the disk.
    private static func createTemporary(
        beside path: String,
        bytes: [UInt8]
    ) throws(KeyFileError) -> String {
        // mkstemp makes a file that did not exist, with mode 0600, whatever the umask is.
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure("create") }
        defer { close(descriptor) }
        let name = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        do throws(KeyFileError) {
            try writeAll(bytes, to: descriptor)
        } catch {
            unlink(name)
            throw error
        }
        return name
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(KeyFileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw failure("write") }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw failure("sync") }
    }

    /// Makes the new name itself durable.
    private static func syncFolder(of path: String) throws(KeyFileError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("sync the folder of") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync the folder of") }
    }

    /// Judges the open file, not its name, which could be exchanged in between.
    private static func check(_ descriptor: Int32, bytesMax: Int) throws(KeyFileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("examine") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notPlainFile }
        guard status.st_uid == geteuid() else { throw .owner }
        guard status.st_mode & othersMask == 0 else { throw .permissions }
        guard status.st_size <= bytesMax else { throw .tooLarge }
    }

    private static func readAll(
        _ descriptor: Int32,
        bytesMax: Int
    ) throws(KeyFileError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: bytesMax + 1)
        defer { Sodium.wipe(&buffer) }
        var count = 0
        while count < buffer.count {
            let got = buffer.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
                return Foundation.read(descriptor, rest.baseAddress, rest.count)
            }
            guard got >= 0 else { throw failure("read") }
            if got == 0 { break }
            count += got
        }
        guard count <= bytesMax else { throw .tooLarge }
        return Array(buffer.prefix(count))
    }

    private static func failure(_ operation: String) -> KeyFileError {
        .system(operation: operation, errno: errno)
    }
}
