import Exchange
import GRDB
import TransparencyLog

/// What the writing thread remembers of the file, so that it reads nothing while it writes. The file is
/// the truth: after a write that failed this is read anew.
struct LogState: Sendable {
    /// The tree's right edge.
    private(set) var tree: TileAppender
    /// The nonces that are remembered.
    private(set) var nonces: Set<NonceDigest>

    /// What a file holds.
    ///
    /// - Throws: `LogCheckError.altered` when entries and tiles do not fit each other; what reading
    ///   throws.
    init(reading db: Database) throws {
        let file = LogFile(db)
        guard let tree = try file.tree() else { throw LogCheckError.altered }
        self.tree = tree
        nonces = try file.nonces()
    }

    /// Follows a commit.
    mutating func apply(_ commit: LogCommit) {
        tree = commit.tree
        nonces.subtract(commit.forgotten)
        nonces.formUnion(commit.used)
    }
}
