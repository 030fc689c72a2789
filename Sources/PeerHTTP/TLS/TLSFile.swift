import Foundation

/// A small file with its mode, both of the same opened file, so that it cannot be exchanged between
/// the check and the reading.
struct TLSFile {
    /// The content.
    let bytes: [UInt8]
    /// The permission bits.
    let mode: UInt32

    /// Reads at most `PeerHTTPLimits.tlsFileBytesMax` bytes.
    init(path: String) throws(TLSMaterialError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .unreadable(path: path)
        }
        defer { try? handle.close() }
        var status = stat()
        let limit = PeerHTTPLimits.tlsFileBytesMax
        guard fstat(handle.fileDescriptor, &status) == 0,
            let content = try? handle.read(upToCount: limit + 1) ?? Data()
        else { throw .unreadable(path: path) }
        guard content.count <= limit else { throw .tooLarge(path: path) }
        bytes = Array(content)
        mode = UInt32(status.st_mode) & 0o7777
    }

    /// Whether anyone but the owner has a right to the file.
    var isOpenToOthers: Bool { mode & 0o077 != 0 }
}
