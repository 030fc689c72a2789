import Membership

/// Writes into the log which denials count at the node: an entry whenever a regulator's is another one
/// than before, over restarts too (protocol/log.md, "Entries").
///
/// As with ``DirectoryRecorder`` the entry comes first and the note of it second: after a crash
/// between the two the same denial is logged once more, and none is ever left out.
public actor DenialRecorder {
    private let context: NodeContext
    private let board: DenialBoard
    private let shelf: any NoteShelf
    private var recorded: [MemberID: LogDenial] = [:]

    /// A recorder that goes on with what the shelf has.
    public init(context: NodeContext, board: DenialBoard, shelf: any NoteShelf) {
        self.context = context
        self.board = board
        self.shelf = shelf
    }

    /// Adds an entry for every denial that is not the one that was recorded last of its regulator.
    /// Calls must not overlap.
    ///
    /// - Throws: `LogError`, `StoreError`; it is tried again with the next call.
    public func record() async throws {
        for (regulator, denial) in board.standing(in: context.directory.issued) {
            let logged = LogDenial(denial)
            guard recorded[regulator] != logged else { continue }
            let name = "denial-\(regulator.text)"
            if try shelf.note(name) != logged.digest.bytes {
                var entry = LogEntry(.denialChanged, at: context.clock.now, node: context.node)
                entry.peerMember = regulator
                entry.count = denial.ids.count
                entry.denial = logged
                _ = try await context.log.append(entry, evidence: nil, nonce: nil)
                try shelf.put(logged.digest.bytes, as: name)
            }
            recorded[regulator] = logged
        }
    }
}
