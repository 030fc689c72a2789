import Foundation
import Pseudonym

/// Writes an enciphered file (protocol/store.md, "An enciphered backup"; protocol/leaving.md, "The
/// file"). Of its content a part is in memory at a time.
struct SealedFileWriter {
    private let file: URL
    private let handle: FileHandle
    private let sealer: StreamSealer
    private var waiting: [UInt8] = []

    /// Begins a new file of mode 0600.
    ///
    /// - Throws: `NodeError.file` where there is one already.
    init(_ file: URL, sealer: StreamSealer) throws(NodeError) {
        self.sealer = sealer
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(file.path, "cannot be made") }
        self.file = file
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try put(sealer.head)
    }

    /// Adds bytes.
    mutating func write(_ bytes: some Collection<UInt8>) throws(NodeError) {
        waiting += bytes
        // The last part is never empty, unless all is: which is the last is known at the end only.
        while waiting.count > StreamSealer.partBytes {
            let part = Array(waiting.prefix(StreamSealer.partBytes))
            waiting.removeFirst(StreamSealer.partBytes)
            try put(sealer.seal(part, isLast: false))
        }
    }

    /// Ends the file; when this returns, it has reached the disk.
    func finish() throws(NodeError) {
        try put(sealer.seal(waiting, isLast: true))
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw .file(file.path, "cannot be written")
        }
    }

    private func put(_ bytes: [UInt8]) throws(NodeError) {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw .file(file.path, "cannot be written")
        }
    }
}
