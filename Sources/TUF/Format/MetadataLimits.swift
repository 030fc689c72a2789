/// Bounds on a repository, held before memory is spent (protocol/limits.md).
public enum MetadataLimits {
    /// Most bytes of root metadata.
    public static let rootBytesMax = 256 * 1024
    /// Most bytes of timestamp metadata.
    public static let timestampBytesMax = 16 * 1024
    /// Most bytes of snapshot metadata; less where the timestamp says so.
    public static let snapshotBytesMax = 256 * 1024
    /// Most bytes of targets metadata; less where the snapshot says so.
    public static let targetsBytesMax = 1024 * 1024
    /// Most bytes of a target.
    public static let targetFileBytesMax = 16 * 1024 * 1024
    /// Most new roots that one update follows.
    public static let rootsMax = 256
    /// Most keys of one role, and signatures of one file.
    public static let keysMax = 64
    /// Most bytes of a string in metadata: a PEM key is the longest.
    public static let stringBytesMax = 8 * 1024
    /// How deep metadata may nest.
    public static let nestingMax = 16

    /// Most bytes of a role's metadata.
    static func bytesMax(of role: MetadataRole) -> Int {
        switch role {
        case .root: rootBytesMax
        case .timestamp: timestampBytesMax
        case .snapshot: snapshotBytesMax
        case .targets: targetsBytesMax
        }
    }
}
