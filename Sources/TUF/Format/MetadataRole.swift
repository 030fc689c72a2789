/// The four roles of a repository (TUF 1.0 §2.1; protocol/directory.md, "The repository").
public enum MetadataRole: String, Sendable, CaseIterable {
    /// Says who may sign what.
    case root
    /// Says which snapshot is the newest.
    case timestamp
    /// Says which targets are the newest.
    case snapshot
    /// Says what the published files are.
    case targets

    /// The name of the role's metadata without a version, such as `root.json`.
    public var fileName: String { "\(rawValue).json" }
}
