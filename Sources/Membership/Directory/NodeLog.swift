import StrictJSON

/// A node's exchange log (protocol.md §6).
public struct NodeLog: Sendable, Equatable {
    /// The log's name, `<consortium>/log/<node>`; it stays when keys are rotated.
    public let origin: String
    /// The keys that sign its checkpoints: one, or two while one takes over from the other.
    public let verifierKeys: [VerifierKey]

    /// An entry.
    public init(origin: String, verifierKeys: [VerifierKey]) {
        self.origin = origin
        self.verifierKeys = verifierKeys
    }

    /// The origin that the protocol prescribes.
    public static func origin(of node: NodeID, in consortium: ConsortiumID) -> String {
        "\(consortium)/log/\(node)"
    }
}

extension NodeLog {
    /// The most keys that sign one log at a time.
    public static let verifierKeysMax = 2

    init(
        _ field: DirectoryField, node: NodeID, consortium: ConsortiumID
    ) throws(DirectoryError) {
        let members = try field.members(known: ["origin", "vkeys"])
        let prescribed = Self.origin(of: node, in: consortium)
        let origin = try members.required("origin")
        guard try origin.string() == prescribed else { throw origin.breaks(.origin) }
        self.origin = prescribed
        verifierKeys = try members.required("vkeys").distinct(count: 1...Self.verifierKeysMax) {
            field throws(DirectoryError) in
            try field.verifierKey(.ed25519, name: prescribed)
        }
    }

    var json: JSONValue {
        .members(["origin": .string(origin), "vkeys": .strings(verifierKeys)])
    }
}
