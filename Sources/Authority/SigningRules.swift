import TUF

/// Who signs for a consortium.
public struct SigningRules: Sendable, Equatable {
    /// The officers' keys, for root and targets.
    public var officers: [MetadataKey]
    /// How many officers must sign.
    public var threshold: Int
    /// The online keys, any one of which signs snapshot and timestamp.
    public var online: [MetadataKey]

    /// Makes rules.
    public init(officers: [MetadataKey], threshold: Int, online: [MetadataKey]) {
        self.officers = officers
        self.threshold = threshold
        self.online = online
    }

    /// The rules of a root.
    init(_ root: RootMetadata) {
        officers = root.keys(of: .root)
        threshold = root.roles[.root]?.threshold ?? 1
        online = root.keys(of: .timestamp)
    }

    /// One officer alone must not decide, nor one lost key end everything.
    func check() throws(AuthorityError) {
        let ids = (officers + online).map(\.keyID)
        guard Set(ids).count == ids.count else { throw .draft("a key stands twice") }
        guard threshold >= 2, threshold <= officers.count else {
            throw .draft("the threshold must be at least 2 and at most the number of officers")
        }
        guard online.count >= 2 else {
            throw .draft("there must be at least 2 online keys, at different sites")
        }
        guard max(officers.count, online.count) <= MetadataLimits.keysMax else {
            throw .draft("there are more than \(MetadataLimits.keysMax) keys")
        }
    }

    func root(version: Int, expires: MetadataTime) -> RootMetadata {
        let keys = Dictionary((officers + online).map { ($0.keyID, $0) }) { first, _ in first }
        let offline = RoleKeys(keyIDs: officers.map(\.keyID), threshold: threshold)
        let online = RoleKeys(keyIDs: online.map(\.keyID), threshold: 1)
        return RootMetadata(
            version: version, expires: expires, keys: keys,
            roles: [.root: offline, .targets: offline, .snapshot: online, .timestamp: online])
    }
}

extension SigningRules {
    /// Takes officers out, each by its owner's name or the beginning of its key's id.
    public mutating func removeOfficers(named names: [String]) throws(AuthorityError) {
        officers = try Self.without(names, officers)
    }

    /// Takes online keys out, in the same way.
    public mutating func removeOnlineKeys(named names: [String]) throws(AuthorityError) {
        online = try Self.without(names, online)
    }

    private static func without(
        _ names: [String], _ keys: [MetadataKey]
    ) throws(AuthorityError) -> [MetadataKey] {
        var rest = keys
        for name in names {
            let found = rest.filter { key in
                key.owner == name || (name.count >= 8 && key.keyID.hasPrefix(name))
            }
            guard let key = found.first, found.count == 1 else {
                throw .draft("'\(name)' names \(found.count) keys")
            }
            rest.removeAll { $0.keyID == key.keyID }
        }
        return rest
    }
}
