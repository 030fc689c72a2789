import TUF

/// How long what the authority signs holds.
public enum AuthorityLives {
    /// Root, signed by officers.
    public static let root: Duration = .seconds(365 * 86_400)
    /// Targets, signed by officers: they must come together this often even without a change.
    public static let targets: Duration = .seconds(90 * 86_400)
    /// Snapshot, signed online; renewed when half of it is over.
    public static let snapshot: Duration = .seconds(7 * 86_400)
    /// Timestamp, signed online: how long nodes run on without the authority.
    public static let timestamp: Duration = .seconds(86_400)
}

extension MetadataTime {
    func advanced(by duration: Duration) -> MetadataTime {
        advanced(bySeconds: Int(duration.components.seconds))
    }
}
