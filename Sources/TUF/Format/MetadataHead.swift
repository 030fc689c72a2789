import StrictJSON

/// What stands in the signed part of every role: its kind, the version of TUF, its own version and
/// when it expires (TUF 1.0 §4.2.1).
public struct MetadataHead: Sendable, Equatable {
    /// Grows with every publication; from 1.
    public let version: Int
    /// The first moment at which it does not hold any more.
    public let expires: MetadataTime

    init(version: Int, expires: MetadataTime) {
        self.version = version
        self.expires = expires
    }

    init(_ fields: MetadataFields, of role: MetadataRole) throws(UpdateFault) {
        guard try fields.text("_type") == role.rawValue else { throw .malformed }
        try Self.check(specVersion: fields.text("spec_version"))
        version = try fields.integer("version", atLeast: 1)
        guard let expires = MetadataTime(try fields.text("expires")) else { throw .malformed }
        self.expires = expires
    }

    /// Files of TUF 1.x are read; whoever writes for another major version means other rules.
    private static func check(specVersion: String) throws(UpdateFault) {
        let parts = specVersion.split(separator: ".", omittingEmptySubsequences: false)
        let isSemantic = (2...3).contains(parts.count) && parts.allSatisfy { Int($0) != nil }
        guard isSemantic, parts[0] == "1" else { throw .specVersion }
    }
}
