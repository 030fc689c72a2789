import TransparencyLog

/// Why nothing was added to the log, or it cannot be read. Whatever is thrown, no answer that depends
/// on it may leave.
public enum LogError: Error, Equatable, Sendable {
    /// The asker's fault: the nonce was used before.
    case nonceReplayed
    /// So many nonces are remembered that no more fit. Again later.
    case nonceStoreFull
    /// More entries wait than may. Again later.
    case queueFull
    /// The caller's fault: an entry that cannot be written, or evidence over its bound.
    case unwritable
    /// The file did not take it: a full disk, or another failure. Whether it is in the log all the
    /// same, only the next reading of the file tells. Again later.
    case store(StoreError)
    /// The log lost its footing and takes nothing more before the node is started anew, which checks
    /// it: what it signed and what its file holds differ, or the key does not sign.
    case stopped
}

/// Why a log is not opened at start: something that was promised is not there. The operator is asked
/// to act, and nothing was changed.
public enum LogCheckError: Error, Equatable, Sendable {
    /// The log holds fewer entries than the last checkpoint that was promised: its file was cut off,
    /// lost, or brought back from a copy.
    case truncated(has: TreeSize, promised: TreeSize)
    /// The log's entries or hashes are not those that the last promised checkpoint speaks of.
    case altered
    /// The record of the last promised checkpoint is gone, though the log has entries.
    case recordMissing(path: String)
    /// The record of the last promised checkpoint cannot be read, or is signed by another key.
    case recordUnreadable(path: String)
    /// The keys that are to sign are none of this log.
    case key
    /// The file cannot be opened.
    case store(StoreError)
}
