import Exchange
import Membership
import TransparencyLog

/// A copied log whose checkpoint was looked at: whose it is, and how far its entries go. Whether the
/// entries are those of the checkpoint, a verification says.
struct SignedMirror {
    let folder: MirrorFolder
    let node: NodeID
    let copiedAt: Timestamp
    let checkpoint: SignedCheckpoint

    /// - Throws: `AuditFailure` when the folder is none, or its checkpoint is not signed by the log.
    init(_ folder: MirrorFolder) throws(AuditFailure) {
        guard let state = try MirrorState(of: folder) else {
            throw .folder("\(folder.folder.lastPathComponent) holds no copy of a log")
        }
        guard let bytes = try folder.read(MirrorFolder.checkpointName),
            let signed = try LogKeys(of: state.node, in: folder.directories()).verified(bytes)
        else { throw .file(MirrorFolder.checkpointName, "is missing, or not signed by the log") }
        self.folder = folder
        node = state.node
        copiedAt = state.at
        checkpoint = signed
    }

    var head: TreeHead { checkpoint.checkpoint.head }

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
