import Foundation
import Synchronization

/// Where the bytes of a file come from: an open file, or memory.
public struct ByteSource: Sendable {
    /// Fills the front of the buffer and returns how many bytes, 0 at the end.
    let read: @Sendable (UnsafeMutableRawBufferPointer) throws(BookError) -> Int

    /// A source of one's own: `read` fills the front of the buffer and returns how many bytes it
    /// put there, 0 only at the end. The reader calls it from one place at a time.
    public init(
        read: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws(BookError) -> Int
    ) {
        self.read = read
    }

    /// Reads an open file from where it stands; the caller keeps and closes it. A file that is not
    /// the same at its end as at its beginning is refused: what was read may be half of a row, or
    /// half of a book.
    public static func file(_ handle: FileHandle) -> ByteSource {
        let before = FileStamp(descriptor: handle.fileDescriptor)
        return ByteSource { buffer throws(BookError) in
            while true {
                let count = Foundation.read(
                    handle.fileDescriptor, buffer.baseAddress, buffer.count)
                if count > 0 { return count }
                if count == 0 {
                    guard FileStamp(descriptor: handle.fileDescriptor) == before else {
                        throw .changedWhileRead
                    }
                    return 0
                }
                guard errno == EINTR else { throw .readFailed(errno: errno) }
            }
        }
    }

    /// Reads bytes in memory.
    public static func bytes(_ bytes: [UInt8]) -> ByteSource {
        let unread = Mutex(bytes[...])
        return ByteSource { buffer in
            unread.withLock { unread in
                let chunk = unread.prefix(buffer.count)
                buffer.copyBytes(from: chunk)
                unread = unread.dropFirst(chunk.count)
                return chunk.count
            }
        }
    }
}
