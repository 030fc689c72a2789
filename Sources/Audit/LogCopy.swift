import Exchange
import Membership
import TransparencyLog

/// A copied log as the tools read it: verified before (``LogVerification``), and signed by its keys.
struct LogCopy {
    let folder: MirrorFolder
    let state: MirrorState
    /// By which it was verified, oldest first; at least one.
    let directories: [Directory]
    private let size: TreeSize

    /// Opens a copy.
    ///
    /// - Throws: `AuditFailure` when the folder is none, or its checkpoint is not signed.
    init(_ folder: MirrorFolder) throws(AuditFailure) {
        guard let state = try MirrorState(of: folder) else {
            throw .folder("\(folder.folder.lastPathComponent) holds no copy of a log")
        }
        let directories = try folder.directories()
        guard let bytes = try folder.read(MirrorFolder.checkpointName),
            let signed = try LogKeys(of: state.node, in: directories).verified(bytes)
        else { throw .file(MirrorFolder.checkpointName, "is missing, or not signed by the log") }
        self.folder = folder
        self.state = state
        self.directories = directories
        size = signed.checkpoint.head.size
    }

    /// Each entry of the log's own that can be read, in order, with its place.
    func forEachEntry(
        _ body: (LoggedPlace) throws(AuditFailure) -> Void
    ) throws(AuditFailure) {
        var entries = MirroredEntries(of: folder, size: size)
        while let bundle = try entries.next() {
            for (place, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), entry.node == state.node else {
                    continue
                }
                try body(LoggedPlace(index: place, entry: entry, bytes: bytes))
            }
        }
    }
}

/// An entry where it stands in its log.
struct LoggedPlace: Hashable {
    let index: Int
    let entry: LogEntry
    /// The entry's exact bytes.
    let bytes: [UInt8]
}
