import StrictJSON

/// Root metadata: who may sign for which role (TUF 1.0 §4.3).
public struct RootMetadata: Sendable, Equatable {
    /// Version and expiry.
    public let head: MetadataHead
    /// Whether names of files carry versions and digests.
    public let consistentSnapshot: Bool
    /// All keys by their ids.
    public let keys: [String: MetadataKey]
    /// The rule of every role.
    public let roles: [MetadataRole: RoleKeys]

    /// Makes the content of a root.
    public init(
        version: Int, expires: MetadataTime, keys: [String: MetadataKey],
        roles: [MetadataRole: RoleKeys]
    ) {
        head = MetadataHead(version: version, expires: expires)
        consistentSnapshot = true
        self.keys = keys
        self.roles = roles
    }

    /// Reads what is signed of a root; whether enough have signed is not looked at.
    public init(
        _ signed: JSONValue, accepting kinds: KeyKinds = .directory
    ) throws(UpdateFault) {
        let fields = try MetadataFields(signed)
        head = try MetadataHead(fields, of: .root)
        consistentSnapshot = fields.optional("consistent_snapshot")?.bool ?? false
        var keys: [String: MetadataKey] = [:]
        for member in try MetadataFields(fields.value("keys")).members {
            keys[member.name] = try MetadataKey(member.value, accepting: kinds)
        }
        self.keys = keys
        let rules = try MetadataFields(fields.value("roles"))
        var roles: [MetadataRole: RoleKeys] = [:]
        for role in MetadataRole.allCases {
            roles[role] = try RoleKeys(rules.value(role.rawValue))
        }
        self.roles = roles
    }

    /// The keys of a role, in the order in which it lists them.
    public func keys(of role: MetadataRole) -> [MetadataKey] {
        (roles[role]?.keyIDs ?? []).compactMap { keys[$0] }
    }

    /// The keys of a role that signed a file, each once.
    public func signingKeys(of metadata: SignedMetadata, as role: MetadataRole) -> [MetadataKey] {
        let found = signers(of: metadata, as: role)
        return keys(of: role).reduce(into: []) { keys, key in
            let isNew = !keys.contains { $0.verifier == key.verifier }
            if isNew, found.contains(key.verifier) { keys.append(key) }
        }
    }

    /// Whether enough of a role's keys signed a file. Counted are different keys, not ids or
    /// signatures: one key under two ids is one, and a key that the role does not list is none.
    func isSigned(_ metadata: SignedMetadata, as role: MetadataRole) -> Bool {
        guard let rule = roles[role] else { return false }
        return signers(of: metadata, as: role).count >= rule.threshold
    }

    /// The different keys of a role that signed a file.
    func signers(of metadata: SignedMetadata, as role: MetadataRole) -> Set<MetadataKey.Verifier> {
        let listed = Set(roles[role]?.keyIDs ?? [])
        return metadata.signatures.reduce(into: []) { found, signature in
            guard listed.contains(signature.keyID), let key = keys[signature.keyID],
                key.verifies(signature.bytes, of: metadata.canonical)
            else { return }
            found.insert(key.verifier)
        }
    }
}
