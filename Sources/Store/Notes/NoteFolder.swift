import Exchange
import Foundation

/// A shelf of notes as files of mode 0600 in one folder of mode 0700.
///
/// A note is written beside its place, to the disk, and then moved into it: what a crash leaves is the
/// old note or the new one, and perhaps a draft, which the next writing of the name takes over. One
/// writer a name.
public struct NoteFolder: NoteShelf {
    /// The most bytes of a note.
    public static let noteBytesMax = 4 * 1024 * 1024
    /// The most letters of a name.
    public static let nameBytesMax = 64

    private let folder: String
    private let atStep: @Sendable (NoteStep) throws -> Void

    /// Opens the folder, made when it is missing.
    ///
    /// - Throws: `StoreError`; `.exposed` when others may enter it.
    public init(_ folder: String) throws(StoreError) {
        try self.init(folder) { _ in }
    }

    /// The same, with what happens at every step of a writing.
    package init(
        _ folder: String, atStep: @escaping @Sendable (NoteStep) throws -> Void
    ) throws(StoreError) {
        self.folder = folder
        self.atStep = atStep
        try StoreFile(path: folder + "/.").prepareFolder()
    }

    /// See `NoteShelf`.
    public func note(_ name: String) throws(StoreError) -> [UInt8]? {
        let descriptor = open(try path(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw StoreFile.failure("a note cannot be read", errno)
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let data = try? file.read(upToCount: Self.noteBytesMax + 1) ?? Data(),
            data.count <= Self.noteBytesMax
        else { throw .failed(code: Int(EIO), message: "a note cannot be read, or is too long") }
        return Array(data)
    }

    /// See `NoteShelf`.
    public func put(_ note: [UInt8], as name: String) throws(StoreError) {
        let place = try path(name)
        guard note.count <= Self.noteBytesMax else {
            throw .failed(code: Int(E2BIG), message: "a note is too long")
        }
        let draft = folder + "/.\(name).new"
        try write(note, to: draft)
        try step(.drafted)
        guard rename(draft, place) == 0 else {
            throw StoreFile.failure("a note cannot be put in place", errno)
        }
        try synchronizeFolder()
        try step(.placed)
    }

    private func write(_ note: [UInt8], to draft: String) throws(StoreError) {
        let descriptor = try StoreFile(path: draft).openPrivately(draft)
        defer { close(descriptor) }
        guard ftruncate(descriptor, 0) == 0 else {
            throw StoreFile.failure("a note cannot be written", errno)
        }
        var rest = note[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw StoreFile.failure("a note cannot be written", errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else {
            throw StoreFile.failure("a note cannot be written", errno)
        }
    }

    private func synchronizeFolder() throws(StoreError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreFile.failure("a folder cannot be opened", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreFile.failure("a folder cannot be written", errno)
        }
    }

    private func step(_ step: NoteStep) throws(StoreError) {
        do { try atStep(step) } catch {
            throw error as? StoreError ?? .failed(code: Int(EIO), message: "a note was not written")
        }
    }

    private func path(_ name: String) throws(StoreError) -> String {
        guard (1...Self.nameBytesMax).contains(name.utf8.count),
            name.utf8.allSatisfy({ Self.letters.contains($0) })
        else { throw .failed(code: Int(EINVAL), message: "a note cannot have this name") }
        return "\(folder)/\(name)"
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
}

/// A place in the writing of a note at which it can fail, or the process can end.
package enum NoteStep: Sendable, CaseIterable {
    /// The draft has reached the disk; the old note stands.
    case drafted
    /// The new note stands, and has reached the disk.
    case placed
}
