import Exchange
import Membership
import TransparencyLog

/// A copied log as the tools read it: signed by its keys. Whether the entries are those of its checkpoint,
/// a verification says (``LogVerification``).
struct LogCopy {
    let folder: MirrorFolder
    let state: MirrorState
    /// By which it was verified, oldest first; at least one.
    let directories: [Directory]
    let checkpoint: SignedCheckpoint

    /// Whose log it is.
    var node: NodeID { state.node }

    /// How far its entries go.
    var head: TreeHead { checkpoint.checkpoint.head }

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
        checkpoint = signed
    }

    /// Each entry of the log's own that can be read, in order, with its place.
    func forEachEntry(
        _ body: (LoggedPlace) throws(AuditFailure) -> Void
    ) throws(AuditFailure) {
        var entries = MirroredEntries(of: folder, size: head.size)
        while let bundle = try entries.next() {
            for (place, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), entry.node == state.node else {
                    continue
                }
                try body(LoggedPlace(index: place, entry: entry, bytes: bytes))
            }
        }
    }

    /// What an entry says; nil for one of a later version.
    ///
    /// - Throws: `AuditFailure.folder` for what is no entry: a search that passed it over would look
    ///   as if nothing were there.
    func entry(_ bytes: [UInt8], at place: Int) throws(AuditFailure) -> LogEntry? {
        do throws(LogEntryError) {
            return try LogEntry(bytes: bytes)
        } catch {
            guard error == .unknown else {
                throw .folder(
                    "\(folder.folder.lastPathComponent) has at \(place) what is no entry; verify it first"
                )
            }
            return nil
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
