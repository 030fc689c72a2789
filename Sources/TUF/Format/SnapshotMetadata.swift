import StrictJSON

/// Snapshot metadata: the versions of all targets metadata (TUF 1.0 §4.4).
public struct SnapshotMetadata: Sendable, Equatable {
    /// Version and expiry.
    public let head: MetadataHead
    /// The files of metadata by their names without versions.
    public let files: [String: MetadataDescription]
    /// What it says of the targets role.
    public let targets: MetadataDescription

    /// Makes the content of a snapshot with the targets role alone.
    public init(version: Int, expires: MetadataTime, targets: MetadataDescription) {
        head = MetadataHead(version: version, expires: expires)
        self.targets = targets
        files = [MetadataRole.targets.fileName: targets]
    }

    init(_ signed: JSONValue) throws(UpdateFault) {
        let fields = try MetadataFields(signed)
        head = try MetadataHead(fields, of: .snapshot)
        var files: [String: MetadataDescription] = [:]
        for member in try MetadataFields(fields.value("meta")).members {
            files[member.name] = try MetadataDescription(member.value)
        }
        self.files = files
        guard let targets = files[MetadataRole.targets.fileName] else { throw .malformed }
        self.targets = targets
    }
}
