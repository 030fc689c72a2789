import Crypto
import Membership
import TransparencyLog

/// Writes into the log by which directory the node works: an entry whenever that is another one than
/// before, over restarts too (protocol/log.md, "Entries").
///
/// The entry comes first and the note of it second: after a crash between the two the same directory is
/// logged once more, and none is ever left out.
public actor DirectoryRecorder {
    static let noteName = "directory"

    private let context: NodeContext
    private let shelf: any NoteShelf
    private var recorded: Directory?

    /// A recorder that goes on with what the shelf has.
    public init(context: NodeContext, shelf: any NoteShelf) {
        self.context = context
        self.shelf = shelf
    }

    /// Adds an entry when the directory is not the one that was recorded last. One that merely expired
    /// is no other. Calls must not overlap.
    ///
    /// - Throws: `LogError`, `StoreError`; it is tried again with the next call.
    public func record() async throws {
        let directory = context.directory.issued
        guard directory != recorded else { return }
        let digest = Array(SHA256.hash(data: directory.encoded()))
        if try shelf.note(Self.noteName) != digest {
            var entry = LogEntry(.membershipChanged, at: context.clock.now, node: context.node)
            entry.count = directory.members.count
            entry.directory = MerkleHash(bytes: digest)
            entry.directoryVersion = directory.version
            _ = try await context.log.append(entry, evidence: nil, nonce: nil)
            try shelf.put(digest, as: Self.noteName)
        }
        recorded = directory
    }
}
