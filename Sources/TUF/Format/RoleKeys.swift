import StrictJSON

/// Which keys may sign for a role, and how many of them must (TUF 1.0 §4.3).
public struct RoleKeys: Sendable, Equatable {
    /// The ids of the keys, none twice.
    public let keyIDs: [String]
    /// How many different keys must have signed; at least 1.
    public let threshold: Int

    /// Makes a rule.
    public init(keyIDs: [String], threshold: Int) {
        self.keyIDs = keyIDs
        self.threshold = threshold
    }

    init(_ value: JSONValue) throws(UpdateFault) {
        let fields = try MetadataFields(value)
        threshold = try fields.integer("threshold", atLeast: 1)
        guard let keyIDs = try fields.value("keyids").texts,
            keyIDs.count <= MetadataLimits.keysMax,
            Set(keyIDs.map { Array($0.utf8) }).count == keyIDs.count
        else { throw .malformed }
        self.keyIDs = keyIDs
    }

    var json: JSONValue {
        ["keyids": .array(keyIDs.map(JSONValue.string)), "threshold": .integer(threshold)]
    }
}
