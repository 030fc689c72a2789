import StrictJSON

/// What timestamp and snapshot say of a file of metadata.
public struct MetadataDescription: Sendable, Equatable {
    /// Its version.
    public let version: Int
    /// Its length and digests.
    public let file: FileDescription

    /// Makes a description.
    public init(version: Int, file: FileDescription) {
        self.version = version
        self.file = file
    }

    init(_ value: JSONValue) throws(UpdateFault) {
        let fields = try MetadataFields(value)
        version = try fields.integer("version", atLeast: 1)
        file = try FileDescription(fields, isTarget: false)
    }

    var json: JSONValue { .object(file.json + [JSONMember("version", .integer(version))]) }
}
