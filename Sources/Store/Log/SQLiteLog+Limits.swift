extension SQLiteLog {
    /// Entries of one commit.
    public static let batchMax = 1024
    /// Bytes of entries and evidence in one commit, but for a single one that is larger.
    public static let batchBytesMax = 16 * 1024 * 1024
    /// Entries that wait for a commit.
    public static let queueMax = 8192
    /// Bytes of entries and evidence that wait.
    public static let queueBytesMax = 128 * 1024 * 1024
    /// Writes a second up to which a log does not wait for others.
    public static let idleRateMax = 500
    /// Writes beyond that rate that do not make it wait, as of one report over many nodes.
    public static let burstMax = 64
    /// How long a commit under load gathers writes.
    public static let gatherTime: Duration = .milliseconds(1)
    /// Nonces that are remembered: what 5,000 requests a second use up in a signature's life and the
    /// skew after it, and a little more.
    public static let noncesMax = 2_000_000
    /// Nonces that one commit forgets.
    public static let noncesForgottenMax = 10_000
    /// Askings without an end that one call gives.
    public static let askingsMax = 1000
    /// Pieces of evidence whose time is over that are read, and deleted, at a time: entries wait as long
    /// as one such write.
    public static let evidencePageMax = 256
    /// Bytes of evidence after which such a part ends.
    public static let evidencePageBytesMax = 4 * 1024 * 1024
    /// Memory for pages of the file, a connection: 16 MiB in KiB.
    public static let pageCacheKiB = 16 * 1024
    /// Readers that work at the same time.
    public static let readersMax = 2
}
