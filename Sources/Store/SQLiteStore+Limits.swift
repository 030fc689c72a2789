extension SQLiteStore {
    /// How long a statement waits for a lock on the file: 5 s. Only another tool that reads the file
    /// can hold one.
    public static let busyWait: Duration = .seconds(5)
    /// Readers that work at the same time.
    public static let readersMax = 4
    /// Memory for pages of the file, a connection: 32 MiB in KiB.
    public static let pageCacheKiB = 32 * 1024
    /// The same while an import is applied: 112 MiB in KiB. Of a book of a million accounts it holds
    /// any one index, whose pages an import visits in no order.
    public static let importCacheKiB = 112 * 1024
    /// Bytes of the write-ahead log that stay on disk after its content reached the file: 64 MiB.
    public static let writeAheadLogBytesKept = 64 * 1024 * 1024
    /// Days for which a peer's filter is kept after it was made, so that a member can prove that it
    /// was told "no record" (protocol/messages.md, filters).
    public static let peerFilterDays = 30
    /// UTC days of used-up quota that are kept, today included; a clock set back by a day finds its
    /// day again.
    public static let quotaDaysKept = 3
}
