import StrictJSON

/// Targets metadata: what the published files are (TUF 1.0 §4.5). Delegations to other roles are read
/// over: a file that only a delegated role describes is not found.
public struct TargetsMetadata: Sendable, Equatable {
    /// Version and expiry.
    public let head: MetadataHead
    /// The files by their paths.
    public let files: [String: FileDescription]

    /// Makes the content of a targets role.
    public init(version: Int, expires: MetadataTime, files: [String: FileDescription]) {
        head = MetadataHead(version: version, expires: expires)
        self.files = files
    }

    /// Reads what is signed of a targets role; whether enough have signed is not looked at.
    public init(_ signed: JSONValue) throws(UpdateFault) {
        let fields = try MetadataFields(signed)
        head = try MetadataHead(fields, of: .targets)
        var files: [String: FileDescription] = [:]
        for member in try MetadataFields(fields.value("targets")).members {
            files[member.name] = try FileDescription(MetadataFields(member.value), isTarget: true)
        }
        self.files = files
    }
}
