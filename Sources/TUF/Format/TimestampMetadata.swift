import StrictJSON

/// Timestamp metadata: the newest snapshot (TUF 1.0 §4.6).
public struct TimestampMetadata: Sendable, Equatable {
    /// Version and expiry.
    public let head: MetadataHead
    /// The newest snapshot.
    public let snapshot: MetadataDescription

    /// Makes the content of a timestamp.
    public init(version: Int, expires: MetadataTime, snapshot: MetadataDescription) {
        head = MetadataHead(version: version, expires: expires)
        self.snapshot = snapshot
    }

    init(_ signed: JSONValue) throws(UpdateFault) {
        let fields = try MetadataFields(signed)
        head = try MetadataHead(fields, of: .timestamp)
        let described = try MetadataFields(fields.value("meta"))
        snapshot = try MetadataDescription(described.value(MetadataRole.snapshot.fileName))
    }
}
