import Foundation
import Pseudonym

/// Reads an enciphered file, a part at a time.
struct SealedFileReader {
    private let file: URL
    private let broken: NodeError
    private let handle: FileHandle
    private let opener: StreamOpener
    private var waiting: ArraySlice<UInt8> = []
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - headBytes: the length of what stands before the parts, from which `open` makes the opener.
    ///   - broken: what is thrown for a file that does not open, was changed or cut off.
    init(
        _ file: URL, headBytes: Int, broken: NodeError,
        open: ([UInt8]) throws(NodeError) -> StreamOpener
    ) throws(NodeError) {
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw .file(file.path, "cannot be read")
        }
        (self.file, self.handle, self.broken) = (file, handle, broken)
        opener = try open(Self.read(headBytes, from: handle, file))
    }

    /// The next bytes, at most so many and at least one.
    ///
    /// - Throws: `broken` for another key, for a file that was changed or cut off, and at its end.
    mutating func read(upTo count: Int) throws(NodeError) -> [UInt8] {
        if waiting.isEmpty { try openPart() }
        guard !waiting.isEmpty else { throw broken }
        let bytes = Array(waiting.prefix(count))
        waiting = waiting.dropFirst(count)
        return bytes
    }

    /// Exactly so many bytes.
    mutating func read(exactly count: Int) throws(NodeError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += try read(upTo: count - bytes.count) }
        return bytes
    }

    /// Makes sure that everything was read, and nothing was added.
    mutating func finish() throws(NodeError) {
        while waiting.isEmpty, !isAtEnd { try openPart() }
        guard waiting.isEmpty, try Self.read(1, from: handle, file).isEmpty else { throw broken }
    }

    private mutating func openPart() throws(NodeError) {
        guard !isAtEnd else { throw broken }
        let sealed = try Self.read(StreamOpener.sealedPartBytes, from: handle, file)
        do throws(SealingError) {
            let (part, isLast) = try opener.open(sealed)
            waiting = part[...]
            isAtEnd = isLast
        } catch {
            throw broken
        }
    }

    private static func read(
        _ count: Int, from handle: FileHandle, _ file: URL
    ) throws(NodeError) -> [UInt8] {
        do {
            return Array(try handle.read(upToCount: count) ?? Data())
        } catch {
            throw .file(file.path, "cannot be read")
        }
    }
}
