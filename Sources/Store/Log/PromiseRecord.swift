import Exchange
import Foundation
import TransparencyLog

/// The last checkpoint that was promised to anybody, in a small file apart from the log's: what the
/// log's file holds at the next start is compared with it, so that a file that was cut off, altered or
/// brought back from a copy is found out.
///
/// The file has two places, written in turn: a write that is cut off spoils a checkpoint that was
/// promised to nobody yet, and the one before stays.
struct PromiseRecord: ~Copyable {
    /// Bytes of one place: a note of a log, then zeros.
    static let slotBytes = 4096

    private let descriptor: Int32
    /// The place to write next.
    private var next: Int

    private init(descriptor: Int32, next: Int) {
        self.descriptor = descriptor
        self.next = next
    }

    /// Opens the record, made when it is missing, and reads what was promised last.
    ///
    /// - Parameters:
    ///   - path: the file; its folder is there.
    ///   - keys: the log's keys.
    ///   - isNew: whether the log has no entries, so that there may be no record.
    ///   - last: set to what was promised last; nil in a new record.
    /// - Throws: `LogCheckError`.
    static func open(
        at path: String, keys: [NoteKey], isNew: Bool, last: inout TreeHead?
    ) throws(LogCheckError) -> PromiseRecord {
        let exists = FileManager.default.fileExists(atPath: path)
        guard exists || isNew else { throw .recordMissing(path: path) }
        let descriptor: Int32
        do throws(StoreError) {
            descriptor = try StoreFile(path: path).openPrivately(path)
        } catch {
            throw .store(error)
        }
        let found = (0..<2).map { read(slot: $0, from: descriptor, keys: keys) }
        last = found.compactMap(\.self).max { $0.size < $1.size }
        guard last != nil || isNew && isEmpty(descriptor) else {
            close(descriptor)
            throw .recordUnreadable(path: path)
        }
        let next = last != nil && found[0] == last ? 1 : 0
        return PromiseRecord(descriptor: descriptor, next: next)
    }

    /// What a record that is there says was promised last, without a change to it; nil for an empty
    /// one.
    ///
    /// - Throws: `LogCheckError.recordUnreadable`, also where no place can be read.
    static func last(at path: String, keys: [NoteKey]) throws(LogCheckError) -> TreeHead? {
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .recordUnreadable(path: path) }
        defer { close(descriptor) }
        let last = (0..<2).compactMap { read(slot: $0, from: descriptor, keys: keys) }
            .max { $0.size < $1.size }
        guard last != nil || isEmpty(descriptor) else { throw .recordUnreadable(path: path) }
        return last
    }

    deinit { close(descriptor) }

    /// Writes a checkpoint; when this returns, it has reached the disk.
    mutating func write(_ checkpoint: SignedCheckpoint) throws(StoreError) {
        let note = checkpoint.note.bytes
        guard note.count <= Self.slotBytes else {
            throw .failed(code: Int(E2BIG), message: "a checkpoint is too long")
        }
        let slot = note + [UInt8](repeating: 0, count: Self.slotBytes - note.count)
        let offset = off_t(next * Self.slotBytes)
        guard pwrite(descriptor, slot, slot.count, offset) == slot.count else {
            throw StoreFile.failure("the log's record cannot be written", errno)
        }
        guard fdatasync(descriptor) == 0 else {
            throw StoreFile.failure("the log's record cannot be written", errno)
        }
        next = 1 - next
    }

    /// The head that a place speaks of; nil for one that was never written, or not to its end.
    private static func read(slot: Int, from descriptor: Int32, keys: [NoteKey]) -> TreeHead? {
        var bytes = [UInt8](repeating: 0, count: slotBytes)
        guard pread(descriptor, &bytes, slotBytes, off_t(slot * slotBytes)) == slotBytes,
            let checkpoint = try? SignedCheckpoint(bytes: bytes.prefix { $0 != 0 }),
            (try? checkpoint.verified(log: keys)) != nil
        else { return nil }
        return checkpoint.checkpoint.head
    }

    private static func isEmpty(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 2 * slotBytes)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count >= 0 && bytes.allSatisfy { $0 == 0 }
    }
}
